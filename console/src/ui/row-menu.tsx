/** What can be done to one row. */

import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

export interface RowChoice {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

export function RowMenu(props: { readonly label: string; readonly choices: readonly RowChoice[] }) {
  return (
    <MenuTrigger>
      <AriaButton className="button button-quiet button-small button-icon" aria-label={props.label}>
        <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2.2" />
        </svg>
      </AriaButton>
      <Popover className="popover" placement="bottom end" offset={2}>
        <Menu onAction={(key) => props.choices.find(({ id }) => id === key)?.run()}>
          {props.choices.map(({ id, label }) => (
            <MenuItem key={id} id={id} className="option">
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
