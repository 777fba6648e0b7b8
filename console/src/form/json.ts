/** Comparing JSON values, and what turns one into another. */

import { own } from "@client/core/json";

type Members = Readonly<Record<string, unknown>>;

/** Whether two JSON values are equal; the order of members does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, position) => same(element, b[position]));
  }
  if (isMembers(a) && isMembers(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
    );
  }
  return a === b;
}

/** The merge patch (RFC 7396) that turns one JSON value into another; null removes. */
export function patchBetween(from: unknown, to: unknown): unknown {
  if (to === undefined || to === null) {
    return null;
  }
  if (!isMembers(from) || !isMembers(to)) {
    return to;
  }
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  const changed = [...names].filter((name) => !same(own(from, name), own(to, name)));
  return Object.fromEntries(
    changed.map((name) => [name, patchBetween(own(from, name), own(to, name))]),
  );
}

/** The place of a member below a JSON Pointer (RFC 6901). */
export function below(pointer: string, member: string | number): string {
  return `${pointer}/${String(member).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A simple value as text; anything else as JSON. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
