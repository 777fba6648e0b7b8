/** What the query cache holds, under which keys, and how a write changes it. */

import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";

import type { Scope } from "./client.js";
import type { EntityDescriptor, EntityTypes, Item } from "./metadata.js";
import type { Page } from "./operations.js";

type Pages = InfiniteData<Page<Item>, string | undefined>;
type Ids = Readonly<Record<string, string>>;

/** Query keys: organization and user first, so that nobody sees what another signed in for. */
export const queryKeys = {
  /** Everything of one signed-in user. */
  scope: ({ organization, user }: Scope): QueryKey => ["nexus", organization, user],
  /** Everything of one entity. */
  entity: (scope: Scope, key: string): QueryKey => [...queryKeys.scope(scope), key],
  /** All its lists: below any parents, of any query. */
  lists: (scope: Scope, key: string): QueryKey => [...queryKeys.entity(scope, key), "list"],
  list: (scope: Scope, key: string, parents: Ids, query: object): QueryKey => [
    ...queryKeys.lists(scope, key),
    parents,
    query,
  ],
  item: (scope: Scope, key: string, parents: Ids, id: string): QueryKey => [
    ...queryKeys.entity(scope, key),
    "item",
    parents,
    id,
  ],
};

/** What a rollback writes back. */
export type Snapshot = readonly (readonly [QueryKey, unknown])[];

/** One entity below certain parents in the cache. */
export class EntityCache {
  readonly #queries: QueryClient;
  readonly #scope: Scope;
  readonly #entity: EntityDescriptor<EntityTypes>;
  readonly #parents: Ids;

  constructor(
    queries: QueryClient,
    scope: Scope,
    entity: EntityDescriptor<EntityTypes>,
    parents: Ids,
  ) {
    this.#queries = queries;
    this.#scope = scope;
    this.#entity = entity;
    this.#parents = parents;
  }

  /** Stop fetches that would write over what comes next, and keep what is there. */
  async hold(id: string): Promise<Snapshot> {
    const item = this.#itemKey(id);
    await Promise.all([
      this.#queries.cancelQueries({ queryKey: item }),
      this.#queries.cancelQueries({ queryKey: this.#listsKey }),
    ]);
    return [
      [item, this.#queries.getQueryData(item)],
      ...this.#queries.getQueriesData({ queryKey: this.#listsKey }),
    ];
  }

  /** Write back what was kept. */
  rollBack(snapshot: Snapshot): void {
    for (const [key, data] of snapshot) {
      this.#queries.setQueryData(key, data);
    }
  }

  /** Show an item as it will be, wherever it is shown. */
  patch(id: string, patch: object): void {
    this.#change(id, (item) => merged(item, patch, this.#entity.defaults));
  }

  /** Show an item as the API answered it. */
  put(item: Item): void {
    this.#queries.setQueryData(this.#itemKey(item.id), item);
    this.#change(item.id, () => item);
  }

  /** Take an item out of every list. */
  remove(id: string): void {
    this.#eachPage((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) }));
  }

  /** Forget an item that is gone. */
  forget(id: string): void {
    this.#queries.removeQueries({ queryKey: this.#itemKey(id) });
  }

  /** Fetch lists anew: an item came, went, or has another place. */
  async invalidateLists(): Promise<void> {
    await this.#queries.invalidateQueries({ queryKey: this.#listsKey });
  }

  /** Fetch an item anew. */
  async invalidateItem(id: string): Promise<void> {
    await this.#queries.invalidateQueries({ queryKey: this.#itemKey(id) });
  }

  /** Fetch anew what hangs on the entity: children, and items that refer to it. */
  async invalidateRelated(): Promise<void> {
    await Promise.all(
      this.#entity.related.map((key) =>
        this.#queries.invalidateQueries({ queryKey: queryKeys.entity(this.#scope, key) }),
      ),
    );
  }

  get #listsKey(): QueryKey {
    return queryKeys.lists(this.#scope, this.#entity.key);
  }

  #itemKey(id: string): QueryKey {
    return queryKeys.item(this.#scope, this.#entity.key, this.#parents, id);
  }

  #change(id: string, change: (item: Item) => Item): void {
    this.#queries.setQueryData<Item>(this.#itemKey(id), (item) => item && change(item));
    this.#eachPage((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? change(item) : item)),
    }));
  }

  #eachPage(change: (page: Page<Item>) => Page<Item>): void {
    this.#queries.setQueriesData<Pages>({ queryKey: this.#listsKey }, (data) =>
      data === undefined ? undefined : { ...data, pages: data.pages.map(change) },
    );
  }
}

/** An item after a merge patch; a field that is cleared has its default again. */
function merged(item: Item, patch: object, defaults: Readonly<Record<string, unknown>>): Item {
  const changed: Record<string, unknown> = { ...item };
  for (const [name, change] of Object.entries(patch) as [string, unknown][]) {
    changed[name] = change === null ? (defaults[name] ?? null) : mergePatch(changed[name], change);
  }
  return changed as unknown as Item;
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
