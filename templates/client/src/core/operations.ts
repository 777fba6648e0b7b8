/** The operations of any entity, without React. */

import type { Client } from "./client.js";
import { own } from "./json.js";
import type { EntityDescriptor, EntityTypes } from "./metadata.js";
import { randomUuid } from "./random.js";

/** Ids of the parents of an entity, by path parameter: `{ course_id: "01K..." }`. */
export type Parents<T extends EntityTypes> = Readonly<Record<T["parents"], string>>;

/** The item in the version that was read; only that version is written over. */
export interface ItemVersion {
  readonly id: string;
  readonly version: number;
}

/** One page of a list. */
export interface Page<Item> {
  items: Item[];
  /** Gives the next page; null on the last. */
  next_cursor: string | null;
}

export interface PageOptions {
  /** `next_cursor` of the page before. */
  readonly cursor?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One page of the items that a query selects. */
export async function listItems<T extends EntityTypes>(
  client: Client,
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  query: T["query"],
  { cursor, signal }: PageOptions = {},
): Promise<Page<T["item"]>> {
  const path = fill(entity.paths.collection, parents);
  const search = searchOf({ ...query, cursor });
  const answer = await client.send({ method: "GET", path, search, signal });
  return answer.body as Page<T["item"]>;
}

export interface GetOptions<Item> {
  /** The item as it was read before; given back as it is if it has not changed. */
  readonly known?: Item | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One item. */
export async function getItem<T extends EntityTypes>(
  client: Client,
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  id: string,
  { known, signal }: GetOptions<T["item"]> = {},
): Promise<T["item"]> {
  const headers: Record<string, string> =
    known === undefined ? {} : { "If-None-Match": etag(known) };
  const path = itemPath(entity, parents, id);
  const answer = await client.send({ method: "GET", path, headers, signal });
  return answer.status === 304 && known !== undefined ? known : (answer.body as T["item"]);
}

/** Create an item. A repetition with the same key answers as the first time. */
export async function createItem<T extends EntityTypes>(
  client: Client,
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  body: T["create"],
  idempotencyKey: string = randomUuid(),
): Promise<T["item"]> {
  const path = fill(entity.paths.collection, parents);
  const headers = { "Idempotency-Key": idempotencyKey };
  const answer = await client.send({ method: "POST", path, headers, body });
  return answer.body as T["item"];
}

/** Change an item by JSON Merge Patch (RFC 7396), if it still is in the version that was read. */
export async function updateItem<T extends EntityTypes>(
  client: Client,
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  item: ItemVersion,
  patch: T["patch"],
): Promise<T["item"]> {
  const path = itemPath(entity, parents, item.id);
  const headers = { "If-Match": etag(item), "Content-Type": "application/merge-patch+json" };
  const answer = await client.send({ method: "PATCH", path, headers, body: patch });
  return answer.body as T["item"];
}

/** Delete an item, if it still is in the version that was read. */
export async function deleteItem<T extends EntityTypes>(
  client: Client,
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  item: ItemVersion,
): Promise<void> {
  const path = itemPath(entity, parents, item.id);
  await client.send({ method: "DELETE", path, headers: { "If-Match": etag(item) } });
}

/** Bring an item back from the trash. */
export async function restoreItem<T extends EntityTypes>(
  client: Client,
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  item: ItemVersion,
  idempotencyKey: string = randomUuid(),
): Promise<T["item"]> {
  const path = `${itemPath(entity, parents, item.id)}/restore`;
  const headers = { "If-Match": etag(item), "Idempotency-Key": idempotencyKey };
  const answer = await client.send({ method: "POST", path, headers });
  return answer.body as T["item"];
}

function itemPath<T extends EntityTypes>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  id: string,
): string {
  return fill(entity.paths.item, { ...parents, [entity.idParameter]: id });
}

/** A path with its parameters in place. */
function fill(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = own(parameters, name);
    if (value === undefined || value === "") {
      throw new TypeError(`${template} needs ${name}`);
    }
    return encodeURIComponent(value);
  });
}

type Parameter = string | number | boolean | undefined;

function searchOf(query: object): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, Parameter][]) {
    if (value !== undefined) {
      search.set(name, String(value));
    }
  }
  return search;
}

/** The entity tag of an item: its version in quotes. */
function etag(item: ItemVersion): string {
  return `"${String(item.version)}"`;
}
