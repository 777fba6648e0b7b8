/** Hooks that write any entity, and keep the caches true. */

import { useMutation, type UseMutationResult, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";

import { EntityCache, type Snapshot } from "./cache.js";
import { type ClientError, NotFoundError } from "./errors.js";
import type { AnyEntity, EntityDescriptor, EntityTypes, Item } from "./metadata.js";
import {
  createItem,
  deleteItem,
  type ItemVersion,
  type Parents,
  restoreItem,
  updateItem,
} from "./operations.js";
import { useClient } from "./provider.js";

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
  Snapshot
>;
export type DeleteResult = UseMutationResult<void, ClientError, ItemVersion, Snapshot>;
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
  const cache = useCache(entity, parents);
  const keyFor = useIdempotencyKey();
  return useMutation({
    mutationFn: (body: T["create"]) =>
      createItem(client, entity, parents, body, keyFor.current(body)),
    onSuccess: (item) => {
      keyFor.current = idempotencyKeys();
      cache.put(item);
      void cache.invalidateLists();
    },
  });
}

/** Change an item: shown at once, taken back if the API refuses. */
export function useUpdate<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): UpdateResult<T> {
  const client = useClient();
  const cache = useCache(entity, parents);
  return useMutation({
    mutationFn: ({ item, patch }: Update<T["patch"]>) =>
      updateItem(client, entity, parents, item, patch),
    onMutate: async ({ item, patch }): Promise<Snapshot> => {
      const snapshot = await cache.hold(item.id);
      cache.patch(item.id, patch);
      return snapshot;
    },
    onError: (error, { item }, snapshot) => {
      undo(cache, item, error, snapshot);
    },
    onSuccess: (item: Item) => {
      cache.put(item);
    },
    onSettled: () => {
      void cache.invalidateLists();
    },
  });
}

/** Delete an item: gone at once, back if the API refuses. */
export function useDelete<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): DeleteResult {
  const client = useClient();
  const cache = useCache(entity, parents);
  return useMutation({
    mutationFn: (item: ItemVersion) => deleteItem(client, entity, parents, item),
    onMutate: async (item): Promise<Snapshot> => {
      const snapshot = await cache.hold(item.id);
      cache.remove(item.id);
      return snapshot;
    },
    onError: (error, item, snapshot) => {
      undo(cache, item, error, snapshot);
    },
    onSuccess: (_, item) => {
      cache.forget(item.id);
      void cache.invalidateRelated();
    },
    onSettled: () => {
      void cache.invalidateLists();
    },
  });
}

/** Bring an item back from the trash. */
export function useRestore<T extends EntityTypes = AnyEntity>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): RestoreResult<T> {
  const client = useClient();
  const cache = useCache(entity, parents);
  const keyFor = useIdempotencyKey();
  return useMutation({
    mutationFn: (item: ItemVersion) =>
      restoreItem(client, entity, parents, item, keyFor.current(item)),
    onSuccess: (item) => {
      keyFor.current = idempotencyKeys();
      cache.put(item);
      void cache.invalidateRelated();
    },
    onSettled: () => {
      void cache.invalidateLists();
    },
  });
}

function useCache<T extends EntityTypes>(
  entity: EntityDescriptor<T>,
  parents: Parents<T>,
): EntityCache {
  const client = useClient();
  return new EntityCache(useQueryClient(), client.scope, entity, parents);
}

/** Show again what was there, and fetch what the API has by now. */
function undo(
  cache: EntityCache,
  item: ItemVersion,
  error: ClientError,
  snapshot: Snapshot | undefined,
): void {
  cache.rollBack(snapshot ?? []);
  if (error instanceof NotFoundError) {
    cache.forget(item.id);
  } else {
    void cache.invalidateItem(item.id);
  }
}

/** One key for each body, so that sending it again after a lost answer is the same request. */
function useIdempotencyKey(): { current: (body: object) => string } {
  return useRef(idempotencyKeys());
}

function idempotencyKeys(): (body: object) => string {
  const keys = new Map<string, string>();
  return (body) => {
    const text = JSON.stringify(body);
    const key = keys.get(text) ?? crypto.randomUUID();
    keys.set(text, key);
    return key;
  };
}
