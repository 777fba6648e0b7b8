/** What the palette offers: the pages of the model, and what the user may begin there. */

import type { Metadata } from "@client/core/index";

import { type Identity, may, offers } from "./access";
import { capitalized, places } from "./entities";

export interface Command {
  readonly group: string;
  readonly name: string;
  readonly detail?: string | undefined;
  readonly run: () => void;
}

/** Pages besides those of entities. A vertical cannot be called `-`: they hide no path of the API. */
export const ABOUT = [
  ["/", "Overview"],
  ["/-/diagram", "Diagram"],
  ["/-/reference", "API reference"],
  ["/-/isolation", "Isolation"],
] as const;

/** Lists that stand by themselves, what can be created in them, and the pages about the API. */
export function commandsOf(
  metadata: Metadata,
  identity: Identity,
  go: (path: string) => void,
): Command[] {
  const roots = places(metadata).filter(({ entity }) => entity.parents.length === 0);
  const lists = roots
    .filter(({ entity }) => may(entity, "read", identity))
    .map(({ vertical, entity }) => ({
      group: "Go to",
      name: capitalized(entity.pluralLabel),
      detail: vertical.label,
      run: () => go(entity.paths.collection),
    }));
  const creations = roots
    .filter(({ entity }) => offers(entity, "create", identity))
    .map(({ vertical, entity }) => ({
      group: "Create",
      name: `New ${entity.label}`,
      detail: vertical.label,
      run: () => go(`${entity.paths.collection}/new`),
    }));
  const about = ABOUT.map(([path, name]) => ({ group: "Go to", name, run: () => go(path) }));
  return [...lists, ...about, ...creations];
}
