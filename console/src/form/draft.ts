/** What a form holds while it is edited: text as it was typed, not yet values. */

import type { FieldMetadata, ValueMetadata } from "@client/core/index";
import { own } from "@client/core/json";

import { asText, below, same } from "./json";

/** An entry of a list or a map. The key tells entries apart while others come and go. */
export interface Entry {
  readonly key: number;
  /** The name, in a map. */
  readonly name: string;
  readonly value: Draft;
}

export type Draft =
  | string
  | boolean
  | undefined
  | readonly Entry[]
  | { readonly [member: string]: Draft };

export type Drafts = Readonly<Record<string, Draft>>;

const TEXT_OF_NUMBER = new Set(["integer", "number"]);
let entries = 0;

export function entry(value: Draft, name = ""): Entry {
  entries += 1;
  return { key: entries, name, value };
}

/** The draft of a value of the API; `undefined` or null is an empty draft. */
export function toDraft(type: ValueMetadata, value: unknown): Draft {
  switch (type.type) {
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "list":
      return list(value).map((element) => entry(toDraft(elementOf(type), element)));
    case "map":
      return Object.entries(record(value)).map(([name, element]) =>
        entry(toDraft(elementOf(type), element), name),
      );
    case "object":
      return value === undefined || value === null ? undefined : objectDraft(type, record(value));
    case "json":
      return value === undefined || value === null ? "" : JSON.stringify(value, null, 2);
    case "datetime":
      return typeof value === "string" ? localOf(value) : "";
    default:
      return value === undefined || value === null ? "" : asText(value);
  }
}

export function objectDraft(type: ValueMetadata, value: Record<string, unknown>): Drafts {
  return Object.fromEntries(
    (type.fields ?? []).map((member) => [member.name, toDraft(member, own(value, member.name))]),
  );
}

/** The draft of a new element of a list or map. */
export function emptyDraft(type: ValueMetadata): Draft {
  return type.type === "object" ? objectDraft(type, {}) : toDraft(type, undefined);
}

/**
 * The value that a draft stands for, `undefined` if it is empty. Text that is no number goes to the
 * API as text, which says at its field what is wrong with it.
 */
export function toValue(type: ValueMetadata, draft: Draft): unknown {
  switch (type.type) {
    case "boolean":
      return draft;
    case "list":
      return isEntries(draft) && draft.length > 0
        ? draft.map((element) => elementValue(type, element))
        : undefined;
    case "map":
      return isEntries(draft) && draft.length > 0
        ? Object.fromEntries(
            draft.map((element) => [element.name, elementValue(type, element)]),
          )
        : undefined;
    case "object":
      return isDrafts(draft) ? objectValue(type, draft) : undefined;
    default:
      return typeof draft === "string" ? textValue(type, draft) : undefined;
  }
}

/** An element that was added and left empty is sent as it is: the API says what it lacks. */
function elementValue(type: ValueMetadata, { value }: Entry): unknown {
  const element = elementOf(type);
  const isText = element.type !== "object" && typeof value === "string";
  return toValue(element, value) ?? (isText ? "" : null);
}

function objectValue(type: ValueMetadata, draft: Drafts): Record<string, unknown> {
  const members = (type.fields ?? []).map(
    (member) => [member.name, toValue(member, own(draft, member.name))] as const,
  );
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function textValue(type: ValueMetadata, text: string): unknown {
  if (type.type === "string" || type.type === "text") {
    return text === "" ? undefined : text;
  }
  const trimmed = text.trim();
  if (trimmed === "") {
    return undefined;
  }
  if (TEXT_OF_NUMBER.has(type.type)) {
    const number = Number(trimmed.replaceAll(" ", ""));
    return Number.isFinite(number) ? number : trimmed;
  }
  if (type.type === "datetime") {
    const date = new Date(trimmed);
    return Number.isNaN(date.getTime()) ? trimmed : date.toISOString();
  }
  return type.type === "json" ? (JSON.parse(trimmed) as unknown) : trimmed;
}

/** Why a draft cannot be sent at all, by JSON Pointer: text that must be JSON, names given twice. */
export function localFaults(fields: readonly FieldMetadata[], drafts: Drafts): Map<string, string> {
  const found = new Map<string, string>();
  for (const field of fields) {
    note(field, own(drafts, field.name), below("", field.name), found);
  }
  return found;
}

function note(type: ValueMetadata, draft: Draft, pointer: string, found: Map<string, string>): void {
  if (isEntries(draft)) {
    const names = new Set<string>();
    for (const [position, { name, value }] of draft.entries()) {
      if (type.type === "map" && names.has(name)) {
        found.set(pointer, `Two entries have the name “${name}”.`);
      }
      names.add(name);
      note(elementOf(type), value, below(pointer, type.type === "map" ? name : position), found);
    }
  } else if (isDrafts(draft)) {
    for (const member of type.fields ?? []) {
      note(member, own(draft, member.name), below(pointer, member.name), found);
    }
  } else if (type.type === "json" && typeof draft === "string" && draft.trim() !== "") {
    try {
      JSON.parse(draft);
    } catch (error) {
      found.set(pointer, `This is not JSON: ${error instanceof Error ? error.message : ""}`);
    }
  }
}

/** Drafts of all fields of an item, or of a new item with the defaults of the spec. */
export function draftsOf(
  fields: readonly FieldMetadata[],
  item: Readonly<Record<string, unknown>> | undefined,
): Drafts {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      toDraft(field, item === undefined ? field.default : own(item, field.name)),
    ]),
  );
}

/** Names of the fields whose draft says something else than the item they came from. */
export function changedFields(
  fields: readonly FieldMetadata[],
  base: Readonly<Record<string, unknown>> | undefined,
  drafts: Drafts,
): string[] {
  return fields
    .filter((field) => {
      const before = toDraft(field, base === undefined ? field.default : own(base, field.name));
      return !same(plain(before), plain(own(drafts, field.name)));
    })
    .map((field) => field.name);
}

/** A draft without the keys of entries, for comparing and keeping. */
function plain(draft: Draft): unknown {
  if (isEntries(draft)) {
    return draft.map(({ name, value }) => [name, plain(value)]);
  }
  if (isDrafts(draft)) {
    return Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, plain(value)]));
  }
  return draft ?? "";
}

export function isEntries(draft: Draft): draft is readonly Entry[] {
  return Array.isArray(draft);
}

export function isDrafts(draft: Draft): draft is Drafts {
  return typeof draft === "object" && !Array.isArray(draft);
}

export function elementOf(type: ValueMetadata): ValueMetadata {
  return type.of ?? { type: "string" };
}

/** An instant in the reader's own time, as `datetime-local` fields want it, to the second. */
function localOf(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) {
    return instant;
  }
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** A draft that was kept as JSON, with new keys for its entries. */
export function revived(draft: Draft): Draft {
  if (isEntries(draft)) {
    return draft.map(({ name, value }) => entry(revived(value), name));
  }
  if (isDrafts(draft)) {
    return Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, revived(value)]));
  }
  return draft;
}
