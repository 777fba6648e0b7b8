/** One field of a form, with its label, what is expected, and what is wrong with it. */

import type { FieldMetadata } from "@client/core/index";
import type { ReactNode } from "react";

import { Icon } from "../ui/icons";
import { type FieldPlace, useField } from "./context";
import type { Draft } from "./draft";
import { Editor } from "./editors";
import { hintOf } from "./hints";

export interface FieldProps {
  readonly field: FieldMetadata;
  readonly pointer: string;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** It appeared while the form was open. */
  readonly fresh?: boolean;
  readonly readOnly?: boolean;
  /** What else to say of it just now. */
  readonly note?: string | undefined;
}

/** Types that consist of several inputs: their label names the group. */
const GROUPS = new Set(["list", "map", "object"]);

export function Field(props: FieldProps) {
  const { field, pointer, draft, onChange, readOnly = false } = props;
  const place = useField(pointer);
  const expected = readOnly ? "It is set at creation and stays." : hintOf(field);
  const hint = [expected, props.note].filter(Boolean).join(" ") || undefined;
  const required = field.required;
  const note = required ? "required" : undefined;
  const inner = (
    <>
      <Editor
        {...{ type: field, pointer, draft, onChange, label: field.label, required, hint, readOnly }}
      />
      <Hint place={place} hint={hint} />
      <FaultList place={place} />
    </>
  );
  const className = props.fresh === true ? "field field-new" : "field";
  if (GROUPS.has(field.type)) {
    return (
      <fieldset className={className} id={place.id} tabIndex={-1} aria-describedby={place.errorId}>
        <legend className="label">
          {field.label} {note !== undefined && <span className="label-note">{note}</span>}
        </legend>
        {inner}
      </fieldset>
    );
  }
  return (
    <div className={className}>
      <label className="label" htmlFor={place.id}>
        {field.label} {note !== undefined && <span className="label-note">{note}</span>}
      </label>
      {inner}
    </div>
  );
}

export function Hint({ place, hint }: { place: FieldPlace; hint: ReactNode }) {
  return hint === undefined ? null : (
    <p className="hint" id={place.hintId}>
      {hint}
    </p>
  );
}

export function FaultList({ place }: { readonly place: FieldPlace }) {
  return (
    <div id={place.errorId}>
      {place.faults.map((fault) => (
        <p className="field-error" key={fault}>
          <Icon name="alert" />
          {fault}
        </p>
      ))}
    </div>
  );
}

