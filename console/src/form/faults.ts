/** Bringing the API's faults to the fields that they are about. */

import type { FieldError, FieldMetadata, ValueMetadata } from "@client/core/index";

import { words } from "../model/entities";
import type { Faults } from "./context";
import { below } from "./json";

/** A fault as the summary of a form lists it. */
export interface PlacedFault {
  /** The field that can be gone to; undefined where the form has none. */
  readonly pointer: string | undefined;
  /** `Attachments, 1, Url`; empty where the fault is about the whole. */
  readonly where: string;
  readonly detail: string;
}

/** Each fault at the innermost field of the form that contains its place. */
export function place(
  errors: readonly FieldError[],
  fields: readonly FieldMetadata[],
): PlacedFault[] {
  return errors.map((error) => {
    const [name = "", ...rest] = parts(error.pointer ?? "");
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      return { pointer: undefined, where: name === "" ? "" : words(name), detail: error.detail };
    }
    const inner = walk(field, below("", name), [field.label], rest);
    return { ...inner, detail: error.detail };
  });
}

function walk(
  type: ValueMetadata,
  pointer: string,
  labels: readonly string[],
  rest: readonly string[],
): { readonly pointer: string; readonly where: string } {
  const [step, ...further] = rest;
  const member = step === undefined ? undefined : memberOf(type, step);
  if (step === undefined || member === undefined) {
    return { pointer, where: labels.join(", ") };
  }
  const label =
    named(member) ?? (type.type === "list" ? String(Number(step) + 1) : step);
  return walk(member, below(pointer, step), [...labels, label], further);
}

function named(member: ValueMetadata | FieldMetadata): string | undefined {
  return "label" in member && typeof member.label === "string" ? member.label : undefined;
}

function memberOf(type: ValueMetadata, step: string): ValueMetadata | FieldMetadata | undefined {
  return type.type === "object"
    ? type.fields?.find((candidate) => candidate.name === step)
    : type.of;
}

/** The parts of a JSON Pointer (RFC 6901, section 4). */
function parts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function byPointer(placed: readonly PlacedFault[]): Faults {
  const faults = new Map<string, string[]>();
  for (const { pointer, detail } of placed) {
    if (pointer !== undefined) {
      faults.set(pointer, [...(faults.get(pointer) ?? []), detail]);
    }
  }
  return faults;
}
