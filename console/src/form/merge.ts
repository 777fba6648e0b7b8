/** Two people changed one item: what each did, and what is left to decide. */

import type { EntityMetadata, FieldMetadata, Item } from "@client/core/index";
import { own } from "@client/core/json";

import { changedFields, type Drafts, toDraft } from "./draft";
import { same } from "./json";

export type Side = "mine" | "theirs";

/** An item as the API knows it at run time. */
export type AnyItem = Item & Readonly<Record<string, unknown>>;

/** One field that both changed, each to something else. */
export interface Clash {
  readonly field: FieldMetadata;
  readonly base: unknown;
  readonly theirs: unknown;
}

export interface Conflict {
  /** The item as it is now; who decides, decides on this version. */
  readonly theirs: AnyItem;
  readonly clashes: readonly Clash[];
  /** Fields that only the other person changed: their values are taken. */
  readonly theirsOnly: readonly FieldMetadata[];
  /** Fields that only this form changed: its values are kept. */
  readonly mineOnly: readonly FieldMetadata[];
}

/**
 * A three-way comparison.
 *
 * Args: `base` is the item as the form read it, `theirs` as it is now, `drafts` what the form says.
 */
export function conflictOf(
  entity: EntityMetadata,
  base: AnyItem,
  theirs: AnyItem,
  drafts: Drafts,
): Conflict {
  const mine = new Set(changedFields(entity.fields, base, drafts));
  const theirFields = new Set(
    entity.fields
      .filter((field) => !same(own(base, field.name) ?? null, own(theirs, field.name) ?? null))
      .map((field) => field.name),
  );
  const differs = new Set(changedFields(entity.fields, theirs, drafts));
  const pick = (test: (name: string) => boolean): FieldMetadata[] =>
    entity.fields.filter((field) => test(field.name));
  return {
    theirs,
    clashes: pick((name) => mine.has(name) && theirFields.has(name) && differs.has(name)).map(
      (field) => ({ field, base: own(base, field.name), theirs: own(theirs, field.name) }),
    ),
    theirsOnly: pick((name) => theirFields.has(name) && !mine.has(name)),
    mineOnly: pick((name) => mine.has(name) && !theirFields.has(name)),
  };
}

/** The drafts after the decision: theirs where they were chosen or stand alone, else mine. */
export function resolve(
  conflict: Conflict,
  drafts: Drafts,
  choices: Readonly<Record<string, Side>>,
): Drafts {
  const taken = [
    ...conflict.theirsOnly,
    ...conflict.clashes
      .map(({ field }) => field)
      .filter((field) => own(choices, field.name) === "theirs"),
  ];
  return {
    ...drafts,
    ...Object.fromEntries(
      taken.map((field) => [field.name, toDraft(field, own(conflict.theirs, field.name))]),
    ),
  };
}
