/** What a JSON Merge Patch makes of an item. */

import type { Item } from "./metadata.js";

/** An item after a merge patch; a field that is cleared has its default again. */
export function patched(
  item: Item,
  patch: object,
  defaults: Readonly<Record<string, unknown>>,
): Item {
  const members = new Map<string, unknown>(Object.entries(item));
  const initial = new Map(Object.entries(defaults));
  for (const [name, change] of Object.entries(patch) as [string, unknown][]) {
    members.set(
      name,
      change === null ? (initial.get(name) ?? null) : mergePatch(members.get(name), change),
    );
  }
  return Object.fromEntries(members) as unknown as Item;
}

/** JSON Merge Patch (RFC 7396, section 2). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) {
    return patch;
  }
  const members = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) {
      members.delete(name);
    } else {
      members.set(name, mergePatch(members.get(name), change));
    }
  }
  return Object.fromEntries(members);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
