/** Dialogs: focus goes in, stays, and comes back. */

import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What its buttons do, the main one last. */
  readonly actions: ReactNode;
  readonly wide?: boolean;
  readonly role?: "dialog" | "alertdialog";
}

/** Open for as long as it is rendered; Escape closes it. */
export function Dialog(props: DialogProps) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={props.role !== "alertdialog"}
      onOpenChange={(open) => {
        if (!open) {
          props.onClose();
        }
      }}
    >
      <Modal className={props.wide === true ? "dialog dialog-wide" : "dialog"}>
        <AriaDialog role={props.role ?? "dialog"}>
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          {props.children}
          <div className="dialog-actions">{props.actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
