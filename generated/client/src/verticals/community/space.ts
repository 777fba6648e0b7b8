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

/** A place for one subject. */
export interface Space {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  slug: string | null;
  description: string | null;
  kind: "discussion" | "questions" | "announcements" | null;
  position: number | null;
  icon: string | null;
  archived: boolean | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a space is created from. */
export interface SpaceCreate {
  name: string;
  slug: string;
  description?: string | null;
  kind?: "discussion" | "questions" | "announcements" | null;
  position?: number | null;
  icon?: string | null;
  archived?: boolean | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface SpacePatch {
  name?: string;
  description?: string | null;
  kind?: "discussion" | "questions" | "announcements" | null;
  position?: number | null;
  icon?: string | null;
  archived?: boolean | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type SpaceQuery = { limit?: number } & (
  | { archived?: never; sort?: "created_at" | "-created_at" | "name" | "-name" }
  | { archived: boolean; sort?: "position" | "-position" }
);

/** The types of spaces, for what works with any entity. */
export interface SpaceTypes {
  item: Space;
  create: SpaceCreate;
  patch: SpacePatch;
  query: SpaceQuery;
  parents: never;
}

/** Where spaces are, and what hangs on them. */
export const spaces: EntityDescriptor<SpaceTypes> = {
  key: "community.Space",
  paths: {
    collection: "/community/spaces",
    item: "/community/spaces/{space_id}",
  },
  idParameter: "space_id",
  defaults: { kind: "discussion", position: 0, archived: false },
  related: [],
};

/** Spaces, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useSpaces(
  query: SpaceQuery = {},
  options?: ListOptions,
): ListResult<Space> {
  return useEntityList(spaces, {}, query, options);
}

/** One space; nothing is fetched while its id is undefined. */
export function useSpace(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Space> {
  return useEntity(spaces, {}, id, options);
}

/** Create a space; the same body sent again after a failure cannot create two. */
export function useCreateSpace(): CreateResult<SpaceTypes> {
  return useCreate(spaces, {});
}

/** Change a space: shown at once, taken back if the API refuses. */
export function useUpdateSpace(): UpdateResult<SpaceTypes> {
  return useUpdate(spaces, {});
}

/** Delete a space: gone at once, back if the API refuses. */
export function useDeleteSpace(): DeleteResult {
  return useDelete(spaces, {});
}
