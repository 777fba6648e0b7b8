/** Hooks that read any entity. */

import {
  hashKey,
  type InfiniteData,
  type QueryKey,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useCallback } from "react";

import { queryKeys } from "./cache.js";
import type { ClientError } from "./errors.js";
import type { AnyEntity, EntityDescriptor, EntityTypes, Item } from "./metadata.js";
import { getItem, listItems, type Page, type Parents } from "./operations.js";
import { type Overlay, useOverlay, writeLog } from "./pending.js";
import { useClient } from "./provider.js";

export interface ReadOptions {
  /** Whether to fetch at all; true unless said otherwise. */
  readonly enabled?: boolean;
  /** Milliseconds during which what was fetched counts as fresh. */
  readonly staleTime?: number;
  /** Milliseconds after which to fetch again, for as long as it is on the screen. */
  readonly refetchInterval?: number;
}

export interface ListOptions extends ReadOptions {
  /** Go on showing the list as it was until the answer to another filter or order is there. */
  readonly keepPrevious?: boolean;
}

type Pages<Item> = InfiniteData<Page<Item>, string | undefined>;

interface Keyed {
  readonly queryKey: QueryKey;
}

/** The pages that were fetched so far, and their items in one list. */
export interface ListData<Item> extends Pages<Item> {
  items: Item[];
}

export type ListResult<Item> = UseInfiniteQueryResult<ListData<Item>, ClientError>;
export type ItemResult<Item> = UseQueryResult<Item, ClientError>;

/** A list, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useEntityList<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  query: T["query"],
  { keepPrevious = false, ...options }: ListOptions = {},
): ListResult<T["item"]> {
  const client = useClient();
  const queryKey = queryKeys.list(client.scope, entity.key, parents, query);
  const overlay = useOverlay(writeLog(useQueryClient(), client.scope, entity.key, parents));
  // What is under way concerns live items: the trash is shown as it was read.
  const over = "deleted" in query && query.deleted === true ? undefined : overlay;
  return useInfiniteQuery({
    ...options,
    queryKey,
    placeholderData: (previous: Pages<T["item"]> | undefined, earlier?: Keyed) =>
      keepPrevious && isSameList(queryKey, earlier?.queryKey) ? previous : undefined,
    queryFn: ({ pageParam, signal }) =>
      listItems(client, entity, parents, query, { cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: useCallback((data: Pages<T["item"]>) => withItems(data, over), [over]),
    retry: false, // the client repeats by itself what may be repeated
  });
}

/** One item; `id` may be undefined as long as it is not known. */
export function useEntity<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  id: string | undefined,
  options: ReadOptions = {},
): ItemResult<T["item"]> {
  const client = useClient();
  const queries = useQueryClient();
  const queryKey = queryKeys.item(client.scope, entity.key, parents, id ?? "");
  const overlay = useOverlay(writeLog(queries, client.scope, entity.key, parents));
  return useQuery({
    ...options,
    enabled: id !== undefined && options.enabled !== false,
    queryKey,
    queryFn: ({ signal }) =>
      getItem(client, entity, parents, id ?? "", { known: queries.getQueryData(queryKey), signal }),
    select: useCallback((item: T["item"]) => overlay.item(item), [overlay]),
    retry: false,
  });
}

/** Whether two keys differ in their query at most: never in whose data they hold. */
function isSameList(one: QueryKey, other: QueryKey = []): boolean {
  return hashKey(one.slice(0, -1)) === hashKey(other.slice(0, -1));
}

function withItems<T extends Item>(data: Pages<T>, overlay: Overlay | undefined): ListData<T> {
  const pages = overlay ? data.pages.map((page) => overlay.page(page)) : data.pages;
  return { ...data, pages, items: pages.flatMap((page) => page.items) };
}
