/** The faults of a form by place, for fields however deep. */

import { createContext, useContext } from "react";

/** Sentences by JSON Pointer into the body. */
export type Faults = ReadonlyMap<string, readonly string[]>;

interface FormValue {
  readonly faults: Faults;
  /** Keeps element ids of two forms on one page apart. */
  readonly prefix: string;
}

const FormContext = createContext<FormValue>({ faults: new Map(), prefix: "field" });

export const FormProvider = FormContext.Provider;

export interface FieldPlace {
  readonly id: string;
  readonly hintId: string;
  readonly errorId: string;
  readonly faults: readonly string[];
}

/** Ids and faults of the field at a place. */
export function useField(pointer: string): FieldPlace {
  const { faults, prefix } = useContext(FormContext);
  const id = fieldId(prefix, pointer);
  return {
    id,
    hintId: `${id}-hint`,
    errorId: `${id}-error`,
    faults: faults.get(pointer) ?? [],
  };
}

export function fieldId(prefix: string, pointer: string): string {
  return `${prefix}${pointer.replace(/[^A-Za-z0-9_-]/g, "-")}`;
}

/** What an input says of itself to those who do not see its surroundings. */
export function described(place: FieldPlace, hint: string | undefined, required: boolean) {
  const ids = [
    ...(hint === undefined ? [] : [place.hintId]),
    ...(place.faults.length === 0 ? [] : [place.errorId]),
  ];
  return {
    id: place.id,
    "aria-invalid": place.faults.length > 0,
    "aria-required": required,
    "aria-describedby": ids.length === 0 ? undefined : ids.join(" "),
  };
}
