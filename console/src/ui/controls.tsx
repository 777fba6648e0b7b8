/** Buttons, links and selects in the console's dress. */

import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components";
import { Link } from "react-router";

import { Icon, type IconName } from "./icons";

export type Look = "plain" | "primary" | "danger" | "quiet";

interface Dress {
  readonly look?: Look | undefined;
  readonly small?: boolean | undefined;
  readonly icon?: IconName | undefined;
}

function classes({ look = "plain", small = false }: Dress, iconOnly = false): string {
  return [
    "button",
    look === "plain" ? "" : `button-${look}`,
    small ? "button-small" : "",
    iconOnly ? "button-icon" : "",
  ]
    .filter(Boolean)
    .join(" ");
}

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className">, Dress {
  readonly children?: ReactNode;
}

export function Button({ look, small, icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes({ look, small }, children === undefined)}>
      {rest.isPending === true ? <Busy /> : icon !== undefined && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

export function LinkButton(props: Dress & { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link className={classes(props)} to={props.to}>
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </Link>
  );
}

export function Busy() {
  return <span className="spinner" aria-hidden="true" />;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
}

export interface SelectProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A labelled choice of one among few. */
export function Select({ label, choices, value, onChange }: SelectProps) {
  return (
    <AriaSelect
      className="filter"
      value={value === "" ? null : value}
      onChange={(key) => onChange(String(key))}
      placeholder="Choose…"
    >
      <Label className="label">{label}</Label>
      <AriaButton className="input select-button">
        <SelectValue />
        <Icon name="chevron" />
      </AriaButton>
      <Popover className="popover" offset={4}>
        <ListBox items={choices}>
          {(choice) => (
            <ListBoxItem className="option" textValue={choice.label}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
