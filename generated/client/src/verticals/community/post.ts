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

/** A reply in a thread. */
export interface Post {
  /** ULID, assigned at creation. */
  id: string;
  thread_id: string;
  body: string | null;
  accepted: boolean | null;
  edited_at: string | null;
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

/** What a post is created from. */
export interface PostCreate {
  body: string;
  accepted?: boolean | null;
  edited_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface PostPatch {
  body?: string;
  accepted?: boolean | null;
  edited_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type PostQuery = { limit?: number } & (
  | { deleted?: never; sort?: "created_at" | "-created_at" }
  | { deleted: true; sort?: "created_at" | "-created_at" }
);

/** The types of posts, for what works with any entity. */
export interface PostTypes {
  item: Post;
  create: PostCreate;
  patch: PostPatch;
  query: PostQuery;
  parents: "thread_id";
}

/** Where posts are, and what hangs on them. */
export const posts: EntityDescriptor<PostTypes> = {
  key: "community.Post",
  paths: {
    collection: "/community/threads/{thread_id}/posts",
    item: "/community/threads/{thread_id}/posts/{post_id}",
  },
  idParameter: "post_id",
  defaults: { accepted: false },
  related: [],
};

/** Posts, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function usePosts(
  threadId: string,
  query: PostQuery = {},
  options?: ListOptions,
): ListResult<Post> {
  return useEntityList(posts, { thread_id: threadId }, query, options);
}

/** One post; nothing is fetched while its id is undefined. */
export function usePost(
  threadId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Post> {
  return useEntity(posts, { thread_id: threadId }, id, options);
}

/** Create a post; the same body sent again after a failure cannot create two. */
export function useCreatePost(threadId: string): CreateResult<PostTypes> {
  return useCreate(posts, { thread_id: threadId });
}

/** Change a post: shown at once, taken back if the API refuses. */
export function useUpdatePost(threadId: string): UpdateResult<PostTypes> {
  return useUpdate(posts, { thread_id: threadId });
}

/** Delete a post: gone at once, back if the API refuses. */
export function useDeletePost(threadId: string): DeleteResult {
  return useDelete(posts, { thread_id: threadId });
}

/** Bring a post back from the trash. */
export function useRestorePost(threadId: string): RestoreResult<PostTypes> {
  return useRestore(posts, { thread_id: threadId });
}
