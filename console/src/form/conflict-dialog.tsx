/** Somebody else saved first: both sides, field by field, and one decision. */

import type { EntityMetadata, FieldMetadata } from "@client/core/index";
import { own } from "@client/core/json";
import { useState } from "react";

import { plainText, When } from "../entity/values";
import { Button } from "../ui/controls";
import { Dialog } from "../ui/dialog";
import { type Draft, type Drafts, toValue } from "./draft";
import type { Clash, Conflict, Side } from "./merge";

interface ConflictDialogProps {
  readonly entity: EntityMetadata;
  readonly conflict: Conflict;
  readonly drafts: Drafts;
  readonly onDecide: (choices: Readonly<Record<string, Side>>, thenSave: boolean) => void;
}

export function ConflictDialog({ entity, conflict, drafts, onDecide }: ConflictDialogProps) {
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const { theirs, clashes, theirsOnly, mineOnly } = conflict;
  return (
    <Dialog
      wide
      role="alertdialog"
      title={`This ${entity.label} was changed while you edited it`}
      onClose={() => onDecide(choices, false)}
      actions={
        <>
          <Button onPress={() => onDecide(choices, false)}>Keep editing</Button>
          <Button look="primary" onPress={() => onDecide(choices, true)}>
            {clashes.length > 0 ? "Save with these choices" : "Save both"}
          </Button>
        </>
      }
    >
      <p>
        Another version was saved on <When instant={theirs.updated_at} />. Nothing was written over,
        and nothing you typed is lost.
        {clashes.length > 0
          ? " Choose which value stays where both of you changed the same field."
          : " You changed different fields, so both changes can stay."}
      </p>
      {clashes.length > 0 && (
        <div className="choices">
          {clashes.map((clash) => (
            <ClashChoice
              key={clash.field.name}
              clash={clash}
              draft={own(drafts, clash.field.name)}
              side={own(choices, clash.field.name) ?? "mine"}
              onChange={(side) => setChoices({ ...choices, [clash.field.name]: side })}
            />
          ))}
        </div>
      )}
      <Changes title="Only they changed; taken over" fields={theirsOnly} valueOf={({ name }) => own(theirs, name)} />
      <Changes
        title="Only you changed; kept"
        fields={mineOnly}
        valueOf={(field) => shownDraft(field, own(drafts, field.name))}
      />
    </Dialog>
  );
}

function ClashChoice(props: {
  readonly clash: Clash;
  readonly draft: Draft;
  readonly side: Side;
  readonly onChange: (side: Side) => void;
}) {
  const { field, base, theirs } = props.clash;
  const sides = [
    ["mine", "Keep mine", shownDraft(field, props.draft)],
    ["theirs", "Take theirs", theirs],
  ] as const;
  return (
    <fieldset className="choice">
      <legend>
        {field.label} <span className="label-note">was: {plainText(field, base)}</span>
      </legend>
      {sides.map(([side, name, value]) => (
        <label className="option-box" key={side}>
          <input
            type="radio"
            name={`choice-${field.name}`}
            checked={props.side === side}
            onChange={() => props.onChange(side)}
          />
          <span className="option-name">{name}</span>
          <span className="option-value">{plainText(field, value)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Changes(props: {
  readonly title: string;
  readonly fields: readonly FieldMetadata[];
  readonly valueOf: (field: FieldMetadata) => unknown;
}) {
  if (props.fields.length === 0) {
    return null;
  }
  return (
    <div>
      <h3>{props.title}</h3>
      <ul>
        {props.fields.map((field) => (
          <li key={field.name}>
            {field.label}: {plainText(field, props.valueOf(field))}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a draft will be, or its text where it is no value yet. */
function shownDraft(field: FieldMetadata, draft: Draft): unknown {
  try {
    return toValue(field, draft);
  } catch {
    return draft;
  }
}
