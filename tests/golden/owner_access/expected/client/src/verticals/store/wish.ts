import {
  type CreateResult,
  type DeleteResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  type UpdateResult,
  useCreate,
  useDelete,
  useEntity,
  useEntityList,
  useUpdate,
} from "../../core/index.js";

/** A wish. */
export interface Wish {
  /** ULID, assigned at creation. */
  id: string;
  text: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a wish is created from. */
export interface WishCreate {
  text: string;
}

/** What to change; null clears a field, or brings its default back. */
export interface WishPatch {
  text?: string;
}

/** Filters and orders that an index serves, and the size of a page. */
export type WishQuery = { limit?: number } & (
  | { created_by?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; sort?: "created_at" | "-created_at" }
);

/** The types of wishes, for what works with any entity. */
export interface WishTypes {
  item: Wish;
  create: WishCreate;
  patch: WishPatch;
  query: WishQuery;
  parents: never;
}

/** Where wishes are, and what hangs on them. */
export const wishes: EntityDescriptor<WishTypes> = {
  key: "store.Wish",
  paths: {
    collection: "/store/wishes",
    item: "/store/wishes/{wish_id}",
  },
  idParameter: "wish_id",
  defaults: {},
  related: [],
};

/** Wishes, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useWishes(
  query: WishQuery = {},
  options?: ListOptions,
): ListResult<Wish> {
  return useEntityList(wishes, {}, query, options);
}

/** One wish; nothing is fetched while its id is undefined. */
export function useWish(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Wish> {
  return useEntity(wishes, {}, id, options);
}

/** Create a wish; the same body sent again after a failure cannot create two. */
export function useCreateWish(): CreateResult<WishTypes> {
  return useCreate(wishes, {});
}

/** Change a wish: shown at once, taken back if the API refuses. */
export function useUpdateWish(): UpdateResult<WishTypes> {
  return useUpdate(wishes, {});
}

/** Delete a wish: gone at once, back if the API refuses. */
export function useDeleteWish(): DeleteResult {
  return useDelete(wishes, {});
}
