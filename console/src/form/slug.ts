/** A slug for whoever has written a title and not yet a slug. */

import type { EntityMetadata, FieldMetadata } from "@client/core/index";
import { own } from "@client/core/json";
import slugify from "@sindresorhus/slugify";

import { titleField } from "../model/entities";
import type { Draft, Drafts } from "./draft";

/** As long as the field type allows where a spec says nothing (spec language, `slug`). */
const LONGEST = 100;

/** A slug that is proposed, and what from. */
export interface Proposal {
  readonly field: FieldMetadata;
  readonly from: FieldMetadata;
  readonly slug: string;
}

/** What to propose in a new form; nothing once the reader wrote, or emptied, the slug. */
export function proposalOf(entity: EntityMetadata, typed: Drafts): Proposal | undefined {
  const from = titleField(entity);
  const field = entity.fields.find(({ type }) => type === "slug");
  if (from === undefined || field === undefined || from === field) {
    return undefined;
  }
  const isOpen = !Object.hasOwn(typed, field.name) && field.default === undefined;
  const slug = isOpen ? slugOf(own(typed, from.name), field.maxLength ?? LONGEST) : "";
  return slug === "" || slug.length < (field.minLength ?? 0) ? undefined : { field, from, slug };
}

/** Words of a title in Latin letters, joined by hyphens, as many as fit; empty if there are none. */
export function slugOf(title: Draft, longest: number): string {
  const whole = typeof title === "string" ? slugify(title, { decamelize: false }) : "";
  if (whole.length <= longest) {
    return whole;
  }
  const cut = whole.slice(0, longest + 1).lastIndexOf("-");
  return whole.slice(0, cut > 0 ? cut : longest);
}
