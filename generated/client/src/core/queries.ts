/** Hooks that read any entity. */

import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";

import { queryKeys } from "./cache.js";
import type { ClientError } from "./errors.js";
import type { AnyEntity, EntityDescriptor, EntityTypes } from "./metadata.js";
import { getItem, listItems, type Page, type Parents } from "./operations.js";
import { useClient } from "./provider.js";

export interface ReadOptions {
  /** Whether to fetch at all; true unless said otherwise. */
  readonly enabled?: boolean;
  /** Milliseconds during which what was fetched counts as fresh. */
  readonly staleTime?: number;
}

/** The pages that were fetched so far, and their items in one list. */
export interface ListData<Item> extends InfiniteData<Page<Item>, string | undefined> {
  items: Item[];
}

export type ListResult<Item> = UseInfiniteQueryResult<ListData<Item>, ClientError>;
export type ItemResult<Item> = UseQueryResult<Item, ClientError>;

/** A list, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useEntityList<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
  query: T["query"],
  options: ReadOptions = {},
): ListResult<T["item"]> {
  const client = useClient();
  return useInfiniteQuery({
    ...options,
    queryKey: queryKeys.list(client.scope, entity.key, parents, query),
    queryFn: ({ pageParam, signal }) =>
      listItems(client, entity, parents, query, { cursor: pageParam, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: withItems,
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
  return useQuery({
    ...options,
    enabled: id !== undefined && options.enabled !== false,
    queryKey,
    queryFn: ({ signal }) =>
      getItem(client, entity, parents, id ?? "", { known: queries.getQueryData(queryKey), signal }),
    retry: false,
  });
}

function withItems<Item>(data: InfiniteData<Page<Item>, string | undefined>): ListData<Item> {
  return { ...data, items: data.pages.flatMap((page) => page.items) };
}
