/** Ctrl-K: go somewhere, or do something, by typing a part of its name. */

import { useEffect, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useNavigate } from "react-router";

import { useSwitch, useUsers } from "../session/user-menu";
import { useIdentity, useModel } from "../session/context";
import { commandsOf, type Command } from "../model/commands";
import { Button } from "./controls";

/** Whether a key is the palette's. */
function opens(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
}

export interface PaletteProps {
  /** What the frame around the pages can do. */
  readonly commands: readonly Command[];
}

/** The palette, and the button that opens it for those who do not know the key. */
export function Palette({ commands }: PaletteProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const toggle = (event: KeyboardEvent): void => {
      if (opens(event)) {
        event.preventDefault();
        setOpen((open) => !open);
      }
    };
    window.addEventListener("keydown", toggle);
    return () => window.removeEventListener("keydown", toggle);
  }, []);
  return (
    <>
      <Button look="quiet" icon="search" aria-label="Go to" onPress={() => setOpen(true)} />
      <ModalOverlay className="scrim scrim-top" isOpen={isOpen} onOpenChange={setOpen} isDismissable>
        <Modal className="dialog palette">
          <Dialog aria-label="Go to">
            <Choices commands={commands} onDone={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function Choices({ commands, onDone }: PaletteProps & { readonly onDone: () => void }) {
  const model = useModel();
  const identity = useIdentity();
  const { switchTo } = useSwitch();
  const { data: users = [] } = useUsers();
  const navigate = useNavigate();
  const { contains } = useFilter({ sensitivity: "base" });
  const switches = users
    .filter(({ username }) => username !== identity.email)
    .map(({ username }) => ({
      group: "Sign in as",
      name: username,
      run: () => void switchTo(username),
    }));
  const all: Command[] = [...commandsOf(model, identity, (path) => void navigate(path)), ...commands, ...switches];
  const groups = [...new Set(all.map(({ group }) => group))];
  return (
    <Autocomplete filter={contains}>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog that was asked for, to type in */}
      <SearchField aria-label="Go to" autoFocus>
        <Input className="input" placeholder="An entity, a page, something to do" />
      </SearchField>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <div className="palette-choices" role="region" aria-label="Choices" tabIndex={0}>
        <Menu
          aria-label="Choices"
          renderEmptyState={() => <p className="palette-none">Nothing has that name.</p>}
          onAction={(key) => {
            onDone();
            all[Number(key)]?.run();
          }}
        >
          {groups.map((group) => (
            <MenuSection key={group} id={group}>
              <Header className="menu-heading">{group}</Header>
              {all.map(
                (command, at) =>
                  command.group === group && (
                    <MenuItem
                      key={at}
                      id={String(at)}
                      className="option"
                      textValue={`${command.name} ${command.group}`}
                    >
                      {command.name}
                      {command.detail !== undefined && (
                        <span className="option-detail">{command.detail}</span>
                      )}
                    </MenuItem>
                  ),
              )}
            </MenuSection>
          ))}
        </Menu>
      </div>
    </Autocomplete>
  );
}
