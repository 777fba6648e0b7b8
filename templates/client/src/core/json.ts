/** JSON as it is sent and answered, and members that are looked up by a name from data. */

import { UnreadableAnswerError, UnsendableBodyError } from "./errors.js";

/** A member of its own, never one of its prototype: a field may be called `constructor`. */
export function own<Value>(
  record: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** What an answer says. Throws `UnreadableAnswerError` where it is not JSON. */
export function parsed(response: Response, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UnreadableAnswerError(response, text);
  }
}

/**
 * A body as JSON. Throws `UnsendableBodyError` for what JSON cannot say, and for `NaN`, infinities
 * and invalid dates, which `JSON.stringify` turns into null: that would clear a field.
 */
export function serialized(body: unknown): string {
  const pointers = new Map<unknown, string>();
  let at = "";
  const note = function (this: Record<string, unknown>, name: string, value: unknown): unknown {
    const above = pointers.get(this);
    at = above === undefined ? "" : `${above}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new TypeError(`${String(value)} is not a number of JSON`);
    }
    if (value === null && this[name] instanceof Date) {
      throw new TypeError("an invalid date");
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
