import {
  type CreateResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  type UpdateResult,
  useCreate,
  useEntity,
  useEntityList,
  useUpdate,
} from "../../core/index.js";

/** A parcel. */
export interface Parcel {
  /** ULID, assigned at creation. */
  id: string;
  sizes: number[] | null;
  labels: Record<string, string> | null;
  address: { street: string; zip?: string | null } | null;
  contents: { name: string; count?: number | null }[] | null;
  extra: unknown;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a parcel is created from. */
export interface ParcelCreate {
  sizes?: number[] | null;
  labels?: Record<string, string> | null;
  address?: { street: string; zip?: string | null } | null;
  contents?: { name: string; count?: number | null }[] | null;
  extra?: unknown;
}

/** What to change; null clears a field, or brings its default back. */
export interface ParcelPatch {
  sizes?: number[] | null;
  labels?: Record<string, string | null> | null;
  address?: { street?: string; zip?: string | null } | null;
  contents?: { name: string; count?: number | null }[] | null;
  extra?: unknown;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ParcelQuery = { limit?: number } & { sort?: "created_at" | "-created_at" };

/** The types of parcels, for what works with any entity. */
export interface ParcelTypes {
  item: Parcel;
  create: ParcelCreate;
  patch: ParcelPatch;
  query: ParcelQuery;
  parents: never;
}

/** Where parcels are, and what hangs on them. */
export const parcels: EntityDescriptor<ParcelTypes> = {
  key: "store.Parcel",
  paths: {
    collection: "/store/parcels",
    item: "/store/parcels/{parcel_id}",
  },
  idParameter: "parcel_id",
  defaults: {},
  related: [],
};

/** Parcels, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useParcels(
  query: ParcelQuery = {},
  options?: ListOptions,
): ListResult<Parcel> {
  return useEntityList(parcels, {}, query, options);
}

/** One parcel; nothing is fetched while its id is undefined. */
export function useParcel(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Parcel> {
  return useEntity(parcels, {}, id, options);
}

/** Create a parcel; the same body sent again after a failure cannot create two. */
export function useCreateParcel(): CreateResult<ParcelTypes> {
  return useCreate(parcels, {});
}

/** Change a parcel: shown at once, taken back if the API refuses. */
export function useUpdateParcel(): UpdateResult<ParcelTypes> {
  return useUpdate(parcels, {});
}
