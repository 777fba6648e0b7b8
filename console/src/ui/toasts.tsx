/** Where messages stand: in a strip below the page, so that they cover nothing of it. */

import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";

import { Button } from "./controls";
import { Icon } from "./icons";
import { messages } from "./messages";

export function Toasts() {
  return (
    <ToastRegion queue={messages} className="toasts">
      {({ toast }) => (
        <Toast toast={toast} className="toast">
          <ToastContent>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action !== undefined && (
            <Button
              small
              icon="restore"
              onPress={() => {
                toast.content.action?.run();
                messages.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </Button>
          )}
          <AriaButton slot="close" className="button button-quiet button-small button-icon">
            <Icon name="close" />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
