/** The input of each field type. */

import type { ValueMetadata } from "@client/core/index";
import { randomUuid } from "@client/core/random";

import { words } from "../model/entities";
import { Button } from "../ui/controls";
import { described, useField } from "./context";
import type { Draft } from "./draft";
import { parseDuration, spokenDuration } from "./duration";
import { ListEditor, MapEditor, ObjectEditor } from "./nested";
import { RefPicker } from "./ref-picker";

export interface EditorProps {
  readonly type: ValueMetadata;
  readonly pointer: string;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly label: string;
  readonly required: boolean;
  readonly hint: string | undefined;
  readonly readOnly: boolean;
  /** An element of a list or map, which has no <label> of its own. */
  readonly element?: boolean;
}

export function Editor(props: EditorProps) {
  switch (props.type.type) {
    case "list":
      return <ListEditor {...props} />;
    case "map":
      return <MapEditor {...props} />;
    case "object":
      return <ObjectEditor {...props} />;
    case "enum":
      return <EnumEditor {...props} />;
    case "boolean":
      return <BooleanEditor {...props} />;
    case "ref":
      return <RefEditor {...props} />;
    case "text":
    case "json":
      return <TextEditor {...props} />;
    case "duration":
      return <DurationEditor {...props} />;
    case "uuid":
      return <UuidEditor {...props} />;
    default:
      return <LineEditor {...props} />;
  }
}

/** Attributes of the input for each type that is one line of text. */
const LINES: Readonly<Record<string, React.InputHTMLAttributes<HTMLInputElement>>> = {
  date: { type: "date" },
  datetime: { type: "datetime-local", step: 1 },
  decimal: { inputMode: "decimal", className: "input input-number" },
  email: { inputMode: "email" },
  integer: { inputMode: "numeric", className: "input input-number" },
  number: { inputMode: "decimal", className: "input input-number" },
  slug: { className: "input input-mono", spellCheck: false },
  url: { inputMode: "url" },
};

function useInput(props: EditorProps) {
  const { pointer, hint, required, readOnly, label } = props;
  const place = useField(pointer);
  const named = props.element === true ? { "aria-label": label } : {};
  return { ...described(place, hint, required), readOnly, className: "input", ...named };
}

function text(draft: Draft): string {
  return typeof draft === "string" ? draft : "";
}

function LineEditor(props: EditorProps) {
  const input = useInput(props);
  return (
    <input
      {...input}
      autoComplete="off"
      {...LINES[props.type.type]}
      value={text(props.draft)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function TextEditor(props: EditorProps) {
  const input = useInput(props);
  const value = text(props.draft);
  const isJson = props.type.type === "json";
  return (
    <textarea
      {...input}
      className={isJson ? "input input-mono" : "input"}
      spellCheck={!isJson}
      rows={Math.min(Math.max(4, value.split("\n").length + 1), 16)}
      value={value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

function EnumEditor(props: EditorProps) {
  const { readOnly, ...input } = useInput(props);
  return (
    <select
      {...input}
      disabled={readOnly}
      value={text(props.draft)}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{props.required ? "Choose…" : "Not set"}</option>
      {(props.type.values ?? []).map((value) => (
        <option key={value} value={value}>
          {words(value)}
        </option>
      ))}
    </select>
  );
}

const TRUTH: Readonly<Record<string, boolean | undefined>> = { true: true, false: false };

/** Three states: a field that nobody answered is not the same as no. */
function BooleanEditor(props: EditorProps) {
  const { readOnly, ...input } = useInput(props);
  return (
    <select
      {...input}
      disabled={readOnly}
      value={typeof props.draft === "boolean" ? String(props.draft) : ""}
      onChange={(event) => props.onChange(TRUTH[event.target.value])}
    >
      <option value="">Not set</option>
      <option value="true">Yes</option>
      <option value="false">No</option>
    </select>
  );
}

function RefEditor(props: EditorProps) {
  const input = useInput(props);
  return (
    <RefPicker
      hideLabel
      label={props.label}
      to={props.type.to}
      value={text(props.draft)}
      onChange={props.onChange}
      id={input.id}
      invalid={input["aria-invalid"]}
      describedBy={input["aria-describedby"]}
      readOnly={props.readOnly}
    />
  );
}

function DurationEditor(props: EditorProps) {
  const input = useInput(props);
  const value = text(props.draft);
  const spoken = spokenDuration(parseDuration(value));
  return (
    <>
      <input
        {...input}
        autoComplete="off"
        value={value}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={() => props.onChange(parseDuration(value))}
      />
      <output className="hint" htmlFor={input.id}>
        {spoken}
      </output>
    </>
  );
}

function UuidEditor(props: EditorProps) {
  const input = useInput(props);
  return (
    <div className="entry">
      <div className="entry-body">
        <input
          {...input}
          className="input input-mono"
          autoComplete="off"
          spellCheck={false}
          value={text(props.draft)}
          onChange={(event) => props.onChange(event.target.value)}
        />
      </div>
      {!props.readOnly && (
        <Button onPress={() => props.onChange(randomUuid())}>Generate</Button>
      )}
    </div>
  );
}
