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

/** A word that issues of any project are sorted by. */
export interface Label {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  color: string | null;
  description: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a label is created from. */
export interface LabelCreate {
  name: string;
  color?: string | null;
  description?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface LabelPatch {
  name?: string;
  color?: string | null;
  description?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type LabelQuery = { limit?: number } & { sort?: "created_at" | "-created_at" | "name" | "-name" };

/** The types of labels, for what works with any entity. */
export interface LabelTypes {
  item: Label;
  create: LabelCreate;
  patch: LabelPatch;
  query: LabelQuery;
  parents: never;
}

/** Where labels are, and what hangs on them. */
export const labels: EntityDescriptor<LabelTypes> = {
  key: "projects.Label",
  paths: {
    collection: "/projects/labels",
    item: "/projects/labels/{label_id}",
  },
  idParameter: "label_id",
  defaults: {},
  related: [],
};

/** Labels, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useLabels(
  query: LabelQuery = {},
  options?: ListOptions,
): ListResult<Label> {
  return useEntityList(labels, {}, query, options);
}

/** One label; nothing is fetched while its id is undefined. */
export function useLabel(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Label> {
  return useEntity(labels, {}, id, options);
}

/** Create a label; the same body sent again after a failure cannot create two. */
export function useCreateLabel(): CreateResult<LabelTypes> {
  return useCreate(labels, {});
}

/** Change a label: shown at once, taken back if the API refuses. */
export function useUpdateLabel(): UpdateResult<LabelTypes> {
  return useUpdate(labels, {});
}

/** Delete a label: gone at once, back if the API refuses. */
export function useDeleteLabel(): DeleteResult {
  return useDelete(labels, {});
}
