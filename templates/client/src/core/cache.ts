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

  /** Keep an item as the API answered it, wherever it is kept, unless a newer one is there. */
  put(item: Item): void {
    const newer = (kept: Item): Item => (kept.version > item.version ? kept : item);
    this.#queries.setQueryData<Item>(this.#itemKey(item.id), (kept) => (kept ? newer(kept) : item));
    this.#eachPage((items) => items.map((kept) => (kept.id === item.id ? newer(kept) : kept)));
  }

  /** Forget an item that is gone. */
  forget(id: string): void {
    this.#queries.removeQueries({ queryKey: this.#itemKey(id) });
    this.#eachPage((items) => items.filter((kept) => kept.id !== id));
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

  #eachPage(change: (items: Item[]) => Item[]): void {
    this.#queries.setQueriesData<Pages>(
      { queryKey: this.#listsKey },
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, items: change(page.items) })) },
    );
  }
}
