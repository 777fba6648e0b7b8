/** Hooks that write any entity, and keep the caches true. */

import { type MutationKey, useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { EntityCache, queryKeys } from "./cache.js";
import { type ClientError, NotFoundError } from "./errors.js";
import { serialized } from "./json.js";
import { patched } from "./merge.js";
import type { AnyEntity, EntityDescriptor, EntityTypes, Item } from "./metadata.js";
import {
  createItem,
  deleteItem,
  type ItemVersion,
  type Parents,
  restoreItem,
  updateItem,
} from "./operations.js";
import { type PendingWrite, type WriteLog, writeLog } from "./pending.js";
import { useClient } from "./provider.js";
import { randomUuid } from "./random.js";

/** What to change, and the item as it was read: only that version is written over. */
export interface Update<Patch> {
  readonly item: ItemVersion;
  readonly patch: Patch;
}

export type CreateResult<T extends EntityTypes> = UseMutationResult<
  T["item"],
  ClientError,
  T["create"]
>;
export type UpdateResult<T extends EntityTypes> = UseMutationResult<
  T["item"],
  ClientError,
  Update<T["patch"]>,
  PendingWrite
>;
export type DeleteResult = UseMutationResult<undefined, ClientError, ItemVersion, PendingWrite>;
export type RestoreResult<T extends EntityTypes> = UseMutationResult<
  T["item"],
  ClientError,
  ItemVersion
>;

/** Create an item. Sending the same body again after a failure cannot create two. */
export function useCreate<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): CreateResult<T> {
  const client = useClient();
  const { cache, options } = useShared(entity, parents);
  const keys = useIdempotencyKeys(parents);
  return useMutation({
    ...options,
    mutationFn: (body: T["create"]) => createItem(client, entity, parents, body, keys.of(body)),
    onSuccess: (item, body) => {
      keys.forget(body);
      cache.put(item);
      void cache.invalidateLists();
    },
  });
}

/**
 * Change an item: shown at once, taken back if the API refuses.
 *
 * Changes of one item are sent one after the other, also from several components; each is for the
 * version that the one before brought.
 */
export function useUpdate<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): UpdateResult<T> {
  const client = useClient();
  const { cache, log, options } = useShared(entity, parents);
  return useMutation({
    ...options,
    mutationFn: ({ item, patch }: Update<T["patch"]>) =>
      log.send(item, (current) => updateItem(client, entity, parents, current, patch)),
    onMutate: ({ item, patch }) =>
      log.begin({ id: item.id, show: (shown) => patched(shown, patch, entity.defaults) }),
    onError: (error, { item }) => {
      recover(cache, item, error);
    },
    onSuccess: (item: Item) => {
      cache.put(item);
    },
    onSettled: (_item, _error, _variables, pending) => {
      finish(cache, log, pending);
    },
  });
}

/** Delete an item: gone at once, back if the API refuses. It waits for changes that are under way. */
export function useDelete<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): DeleteResult {
  const client = useClient();
  const { cache, log, options } = useShared(entity, parents);
  return useMutation({
    ...options,
    mutationFn: (item: ItemVersion) =>
      log.send(item, async (current) => {
        await deleteItem(client, entity, parents, current);
        return undefined;
      }),
    onMutate: ({ id }) => log.begin({ id, show: () => undefined }),
    onError: (error, item) => {
      recover(cache, item, error);
    },
    onSuccess: (_, item) => {
      cache.forget(item.id);
      void cache.invalidateRelated();
    },
    onSettled: (_nothing, _error, _item, pending) => {
      finish(cache, log, pending);
    },
  });
}

/** Bring an item back from the trash. */
export function useRestore<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): RestoreResult<T> {
  const client = useClient();
  const { cache, log, options } = useShared(entity, parents);
  const keys = useIdempotencyKeys(parents);
  return useMutation({
    ...options,
    mutationFn: ({ id, version }: ItemVersion) =>
      log.send({ id, version }, (current) =>
        restoreItem(client, entity, parents, current, keys.of({ id, version })),
      ),
    onSuccess: (item, { id, version }) => {
      keys.forget({ id, version });
      cache.put(item);
      void cache.invalidateRelated();
    },
    onSettled: () => {
      void cache.invalidateLists();
    },
  });
}

/** What all components share of an entity: what was read, and what is being written. */
function useShared<T extends EntityTypes>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): {
  readonly cache: EntityCache;
  readonly log: WriteLog;
  readonly options: { readonly mutationKey: MutationKey; readonly retry: false };
} {
  const { scope } = useClient();
  const queries = useQueryClient();
  return {
    cache: new EntityCache(queries, scope, entity, parents),
    log: writeLog(queries, scope, entity.key, parents),
    options: {
      // A write that has begun keeps its user and its parents when the component gets others:
      // TanStack gives it the options of the next render as long as the key is the same.
      mutationKey: [...queryKeys.entity(scope, entity.key), parents],
      retry: false, // the client repeats by itself what may be repeated
    },
  };
}

/** Fetch what the API has by now. */
function recover(cache: EntityCache, item: ItemVersion, error: ClientError): void {
  if (error instanceof NotFoundError) {
    cache.forget(item.id);
  } else {
    void cache.invalidateItem(item.id);
  }
}

/** Show what the API has by now; lists are fetched once, after the last of several writes. */
function finish(cache: EntityCache, log: WriteLog, pending: PendingWrite | undefined): void {
  if (pending !== undefined) {
    log.end(pending);
  }
  if (log.overlay.idle) {
    void cache.invalidateLists();
  }
}

/** One key for each body, so that sending it again after a lost answer is the same request. */
interface IdempotencyKeys {
  readonly of: (body: object) => string;
  readonly forget: (body: object) => void;
}

function useIdempotencyKeys(parents: object): IdempotencyKeys {
  const known = useRef(new Map<string, string>()).current;
  const name = (body: object): string => `${serialized(parents)} ${serialized(body)}`;
  return {
    of: (body) => {
      const key = known.get(name(body)) ?? randomUuid();
      known.set(name(body), key);
      return key;
    },
    forget: (body) => known.delete(name(body)),
  };
}
