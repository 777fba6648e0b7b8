/** Finding one's way in the metadata: by key, by path, by relation. */

import type { EntityMetadata, FieldMetadata, Metadata, VerticalMetadata } from "@client/core/index";
import { own } from "@client/core/json";

/** An entity and the vertical that holds it. */
export interface Place {
  readonly vertical: VerticalMetadata;
  readonly entity: EntityMetadata;
}

/** What a path of the console shows. Console paths are API paths, with `new` and `edit` besides. */
export interface Location extends Place {
  readonly view: "list" | "item" | "new" | "edit";
  /** Ids of the parents by path parameter, and of the item itself in `id`. */
  readonly parents: Readonly<Record<string, string>>;
  readonly id: string | undefined;
}

export function places(metadata: Metadata): Place[] {
  return Object.values(metadata.verticals).flatMap((vertical) =>
    Object.values(vertical.entities).map((entity) => ({ vertical, entity })),
  );
}

/** The entity of a key such as `education.Course`. */
export function entityOf(metadata: Metadata, key: string | undefined): EntityMetadata | undefined {
  return places(metadata).find(({ entity }) => entity.key === key)?.entity;
}

/** The entity and the item that a path names; undefined where the API has no such path. */
export function locate(metadata: Metadata, path: string): Location | undefined {
  for (const place of places(metadata)) {
    const found = locateIn(place, path);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function locateIn(place: Place, path: string): Location | undefined {
  const { entity } = place;
  const views = [
    ["list", entity.paths.collection],
    ["new", `${entity.paths.collection}/new`],
    ["item", entity.paths.item],
    ["edit", `${entity.paths.item}/edit`],
  ] as const;
  for (const [view, template] of views) {
    const values = match(template, path);
    if (values !== undefined) {
      const { [entity.idParameter]: id, ...parents } = values;
      return { ...place, view, parents, id };
    }
  }
  return undefined;
}

/** Values of the parameters of a template that a path fits. */
export function match(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split("/"), path.replace(/\/+$/, "").split("/")];
  if (wanted.length !== given.length) {
    return undefined;
  }
  const values: Record<string, string> = {};
  for (const [position, part] of wanted.entries()) {
    const text = given[position] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined && text !== "" && text !== "new") {
      values[name] = decodeURIComponent(text);
    } else if (part !== text) {
      return undefined;
    }
  }
  return values;
}

/** A path with its parameters in place. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(own(values, name) ?? ""),
  );
}

export function collectionPath(entity: EntityMetadata, parents: Record<string, string>): string {
  return fill(entity.paths.collection, parents);
}

export function itemPath(
  entity: EntityMetadata,
  parents: Readonly<Record<string, string>>,
  id: string,
): string {
  return fill(entity.paths.item, { ...parents, [entity.idParameter]: id });
}

/** Entities whose items lie within an item of this one. */
export function childrenOf(metadata: Metadata, entity: EntityMetadata): Place[] {
  return places(metadata).filter(({ entity: other }) => other.parents.at(-1)?.entity === entity.key);
}

/** A field of another entity that points here, and that a list can be asked by. */
export interface Backlink extends Place {
  readonly field: FieldMetadata;
}

/** Lists of other entities that an index can select by an item of this one. */
export function backlinksOf(metadata: Metadata, entity: EntityMetadata): Backlink[] {
  return places(metadata).flatMap((place) =>
    place.entity.fields
      .filter((field) => field.to === entity.key && place.entity.parents.length === 0)
      .filter((field) =>
        place.entity.queries.some(({ filters }) => filters.length === 1 && filters[0] === field.name),
      )
      .map((field) => ({ ...place, field })),
  );
}

const NAMES = ["title", "name", "label", "subject"];
const WORDS = new Set(["string", "slug", "email"]);

/** The field that stands for an item where one line must do. */
export function titleField(entity: EntityMetadata): FieldMetadata | undefined {
  const words = entity.fields.filter((field) => WORDS.has(field.type));
  return (
    NAMES.map((name) => words.find((field) => field.name === name)).find(Boolean) ??
    words.find((field) => field.required) ??
    words[0]
  );
}

/** What to call an item. */
export function titleOf(entity: EntityMetadata, item: Readonly<Record<string, unknown>>): string {
  const field = titleField(entity);
  const value = field === undefined ? undefined : own(item, field.name);
  return typeof value === "string" && value !== "" ? value : `${entity.label} ${shortId(item["id"])}`;
}

/** The last characters of an id, which differ where the first, a time, are alike. */
export function shortId(id: unknown): string {
  return typeof id === "string" ? `…${id.slice(-6)}` : "";
}

/** `a course`, `an instructor`: as the word sounds in nearly all cases. */
export function withArticle(label: string): string {
  return `${/^[aeiou]/i.test(label) ? "an" : "a"} ${label}`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `starts_on` as words: `Starts on`. */
export function words(name: string): string {
  return capitalized(name.replaceAll("_", " "));
}
