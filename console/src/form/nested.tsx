/** Inputs of values that hold values: lists, maps, objects. */

import { own } from "@client/core/json";

import { Button } from "../ui/controls";
import { useField } from "./context";
import { type Draft, elementOf, emptyDraft, type Entry, entry, isDrafts, isEntries } from "./draft";
import { Editor, type EditorProps } from "./editors";
import { FaultList, Field } from "./field";
import { below } from "./json";

function entriesOf(draft: Draft): readonly Entry[] {
  return isEntries(draft) ? draft : [];
}

interface ElementsProps extends EditorProps {
  /** What comes before an element's own input. */
  readonly before?: (element: Entry, position: number) => React.ReactNode;
  readonly pointerOf: (element: Entry, position: number) => string;
}

function Elements(props: ElementsProps) {
  const { type, draft, onChange, label, readOnly, pointerOf, before } = props;
  const elements = entriesOf(draft);
  const replace = (key: number, value: Draft): void =>
    onChange(elements.map((old) => (old.key === key ? { ...old, value } : old)));
  const noun = singular(label);
  return (
    <div className="entries">
      {elements.map((element, position) => (
        <div className="entry" key={element.key}>
          {before?.(element, position)}
          <div className="entry-body">
            <Element
              {...props}
              type={elementOf(type)}
              pointer={pointerOf(element, position)}
              draft={element.value}
              label={`${noun} ${position + 1}`}
              onChange={(value) => replace(element.key, value)}
            />
          </div>
          {!readOnly && (
            <Button
              look="quiet"
              icon="close"
              aria-label={`Remove ${noun.toLowerCase()} ${position + 1}`}
              onPress={() => onChange(elements.filter(({ key }) => key !== element.key))}
            />
          )}
        </div>
      ))}
      {!readOnly && (
        <div>
          <Button
            small
            icon="add"
            onPress={() => onChange([...elements, entry(emptyDraft(elementOf(type)))])}
          >
            Add {noun.toLowerCase()}
          </Button>
        </div>
      )}
    </div>
  );
}

/** An element's input, and what is wrong with it. */
function Element(props: EditorProps) {
  const place = useField(props.pointer);
  return (
    <>
      <Editor {...props} element hint={undefined} required={false} />
      {props.type.type !== "object" && <FaultList place={place} />}
    </>
  );
}

export function ListEditor(props: EditorProps) {
  return <Elements {...props} pointerOf={(_, position) => below(props.pointer, position)} />;
}

export function MapEditor(props: EditorProps) {
  const elements = entriesOf(props.draft);
  const rename = (key: number, name: string): void =>
    props.onChange(elements.map((old) => (old.key === key ? { ...old, name } : old)));
  return (
    <Elements
      {...props}
      pointerOf={(element) => below(props.pointer, element.name)}
      before={(element, position) => (
        <input
          className="input entry-key"
          aria-label={`Name of entry ${position + 1} of ${props.label.toLowerCase()}`}
          placeholder="Name"
          value={element.name}
          readOnly={props.readOnly}
          onChange={(event) => rename(element.key, event.target.value)}
        />
      )}
    />
  );
}

export function ObjectEditor(props: EditorProps) {
  const { type, pointer, draft, onChange, label, readOnly } = props;
  if (!isDrafts(draft)) {
    return (
      <div>
        <Button small icon="add" isDisabled={readOnly} onPress={() => onChange(emptyDraft(type))}>
          Add {label.toLowerCase()}
        </Button>
      </div>
    );
  }
  return (
    <div className="group" role="group" aria-label={label}>
      {(type.fields ?? []).map((member) => (
        <Field
          key={member.name}
          field={member}
          pointer={below(pointer, member.name)}
          draft={own(draft, member.name)}
          readOnly={readOnly}
          onChange={(value) => onChange({ ...draft, [member.name]: value })}
        />
      ))}
      {props.element !== true && !readOnly && (
        <div>
          <Button small look="quiet" icon="close" onPress={() => onChange(undefined)}>
            Remove {label.toLowerCase()}
          </Button>
        </div>
      )}
    </div>
  );
}

/** `Tag` of `Tags`: for buttons about one element. Words that are no plural stay as they are. */
function singular(label: string): string {
  if (/ies$/i.test(label)) {
    return label.replace(/ies$/i, "y");
  }
  return /(ss|us|is)$/i.test(label) ? label : label.replace(/s$/i, "");
}

