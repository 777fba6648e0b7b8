/** JSON as it is sent, and members that are looked up by a name from data. */

import { UnsendableBodyError } from "./errors.js";

/** A member of its own, never one of its prototype: a field may be called `constructor`. */
export function own<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * A body as JSON. Throws `UnsendableBodyError` for what JSON cannot say, and for `NaN` and
 * infinities, which `JSON.stringify` turns into null: that would clear a field.
 */
export function serialized(body: unknown): string {
  const pointers = new Map<unknown, string>();
  let at = "";
  const note = function (this: unknown, name: string, value: unknown): unknown {
    const above = pointers.get(this);
    at = above === undefined ? "" : `${above}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new TypeError(`${String(value)} is not a number of JSON`);
    }
    if (typeof value === "object") {
      pointers.set(value, at);
    }
    return value;
  };
  let text: unknown;
  try {
    text = JSON.stringify(body, note);
  } catch (error) {
    throw new UnsendableBodyError(at, error instanceof Error ? error.message : String(error), error);
  }
  if (typeof text !== "string") {
    throw new UnsendableBodyError("", `JSON has no ${typeof body}`);
  }
  return text;
}
