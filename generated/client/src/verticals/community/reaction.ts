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

/** What somebody felt on reading a thread. */
export interface Reaction {
  /** ULID, assigned at creation. */
  id: string;
  thread: string | null;
  kind: "like" | "love" | "laugh" | "insightful" | "celebrate" | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a reaction is created from. */
export interface ReactionCreate {
  thread: string;
  kind: "like" | "love" | "laugh" | "insightful" | "celebrate";
}

/** What to change; null clears a field, or brings its default back. */
export interface ReactionPatch {
  kind?: "like" | "love" | "laugh" | "insightful" | "celebrate";
}

/** Filters and orders that an index serves, and the size of a page. */
export type ReactionQuery = { limit?: number } & (
  | { thread?: never; kind?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | { thread: string; kind?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | {
      thread: string;
      kind: "like" | "love" | "laugh" | "insightful" | "celebrate";
      created_by?: never;
      sort?: "created_at" | "-created_at";
    }
  | { created_by: string; thread?: never; kind?: never; sort?: "created_at" | "-created_at" }
);

/** The types of reactions, for what works with any entity. */
export interface ReactionTypes {
  item: Reaction;
  create: ReactionCreate;
  patch: ReactionPatch;
  query: ReactionQuery;
  parents: never;
}

/** Where reactions are, and what hangs on them. */
export const reactions: EntityDescriptor<ReactionTypes> = {
  key: "community.Reaction",
  paths: {
    collection: "/community/reactions",
    item: "/community/reactions/{reaction_id}",
  },
  idParameter: "reaction_id",
  defaults: {},
  related: [],
};

/** Reactions, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useReactions(
  query: ReactionQuery = {},
  options?: ListOptions,
): ListResult<Reaction> {
  return useEntityList(reactions, {}, query, options);
}

/** One reaction; nothing is fetched while its id is undefined. */
export function useReaction(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Reaction> {
  return useEntity(reactions, {}, id, options);
}

/** Create a reaction; the same body sent again after a failure cannot create two. */
export function useCreateReaction(): CreateResult<ReactionTypes> {
  return useCreate(reactions, {});
}

/** Change a reaction: shown at once, taken back if the API refuses. */
export function useUpdateReaction(): UpdateResult<ReactionTypes> {
  return useUpdate(reactions, {});
}

/** Delete a reaction: gone at once, back if the API refuses. */
export function useDeleteReaction(): DeleteResult {
  return useDelete(reactions, {});
}
