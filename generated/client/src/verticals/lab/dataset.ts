import {
  type CreateResult,
  type DeleteResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  type RestoreResult,
  type UpdateResult,
  useCreate,
  useDelete,
  useEntity,
  useEntityList,
  useRestore,
  useUpdate,
} from "../../core/index.js";

/** Data that experiments use, in one version. */
export interface Dataset {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  slug: string | null;
  release: string | null;
  format: "csv" | "json" | "parquet" | "text" | "images" | "audio" | null;
  description: string | null;
  rows: number | null;
  bytes: number | null;
  checksum: string | null;
  source: string | null;
  license: string | null;
  columns: Record<string, string> | null;
  personal: boolean | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
  /** When it was deleted; only in the list of the trash. */
  deleted_at?: string | null;
  /** Until when it can be restored; only in the list of the trash. */
  restorable_until?: string | null;
}

/** What a dataset is created from. */
export interface DatasetCreate {
  name: string;
  slug: string;
  release: string;
  format: "csv" | "json" | "parquet" | "text" | "images" | "audio";
  description?: string | null;
  rows?: number | null;
  bytes?: number | null;
  checksum?: string | null;
  source?: string | null;
  license?: string | null;
  columns?: Record<string, string> | null;
  personal?: boolean | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface DatasetPatch {
  name?: string;
  format?: "csv" | "json" | "parquet" | "text" | "images" | "audio";
  description?: string | null;
  rows?: number | null;
  bytes?: number | null;
  source?: string | null;
  license?: string | null;
  columns?: Record<string, string | null> | null;
  personal?: boolean | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type DatasetQuery = { limit?: number } & (
  | { format?: never; deleted?: never; sort?: "created_at" | "-created_at" | "name" | "-name" }
  | {
      format: "csv" | "json" | "parquet" | "text" | "images" | "audio";
      deleted?: never;
      sort?: "name" | "-name";
    }
  | { deleted: true; format?: never; sort?: "created_at" | "-created_at" }
);

/** The types of datasets, for what works with any entity. */
export interface DatasetTypes {
  item: Dataset;
  create: DatasetCreate;
  patch: DatasetPatch;
  query: DatasetQuery;
  parents: never;
}

/** Where datasets are, and what hangs on them. */
export const datasets: EntityDescriptor<DatasetTypes> = {
  key: "lab.Dataset",
  paths: {
    collection: "/lab/datasets",
    item: "/lab/datasets/{dataset_id}",
  },
  idParameter: "dataset_id",
  defaults: { personal: false },
  related: [],
};

/** Datasets, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useDatasets(
  query: DatasetQuery = {},
  options?: ListOptions,
): ListResult<Dataset> {
  return useEntityList(datasets, {}, query, options);
}

/** One dataset; nothing is fetched while its id is undefined. */
export function useDataset(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Dataset> {
  return useEntity(datasets, {}, id, options);
}

/** Create a dataset; the same body sent again after a failure cannot create two. */
export function useCreateDataset(): CreateResult<DatasetTypes> {
  return useCreate(datasets, {});
}

/** Change a dataset: shown at once, taken back if the API refuses. */
export function useUpdateDataset(): UpdateResult<DatasetTypes> {
  return useUpdate(datasets, {});
}

/** Delete a dataset: gone at once, back if the API refuses. */
export function useDeleteDataset(): DeleteResult {
  return useDelete(datasets, {});
}

/** Bring a dataset back from the trash. */
export function useRestoreDataset(): RestoreResult<DatasetTypes> {
  return useRestore(datasets, {});
}
