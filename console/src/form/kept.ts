/** Half-filled forms, kept in this tab over a reload, a detour or a change of the spec. */

import { type Drafts, revived } from "./draft";
import type { AnyItem } from "./merge";

export interface Kept {
  /** The item as the form read it; undefined for a new one. */
  readonly base: AnyItem | undefined;
  readonly drafts: Drafts;
}

/** Of one user of one organization, on one page of the console. */
export function keptKey(organization: string, user: string, path: string): string {
  return `console.draft ${organization} ${user} ${path}`;
}

export function keep(key: string, kept: Kept | undefined): void {
  if (kept === undefined) {
    sessionStorage.removeItem(key);
  } else {
    sessionStorage.setItem(key, JSON.stringify(kept));
  }
}

export function kept(key: string): Kept | undefined {
  const text = sessionStorage.getItem(key);
  if (text === null) {
    return undefined;
  }
  try {
    const { base, drafts } = JSON.parse(text) as Kept;
    return { base, drafts: revived(drafts) as Drafts };
  } catch {
    return undefined;
  }
}
