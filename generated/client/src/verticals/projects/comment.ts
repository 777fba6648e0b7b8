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

/** What somebody said about an issue. */
export interface Comment {
  /** ULID, assigned at creation. */
  id: string;
  issue_id: string;
  body: string | null;
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

/** What a comment is created from. */
export interface CommentCreate {
  body: string;
  edited_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface CommentPatch {
  body?: string;
  edited_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type CommentQuery = { limit?: number } & (
  | { deleted?: never; sort?: "created_at" | "-created_at" }
  | { deleted: true; sort?: "created_at" | "-created_at" }
);

/** The types of comments, for what works with any entity. */
export interface CommentTypes {
  item: Comment;
  create: CommentCreate;
  patch: CommentPatch;
  query: CommentQuery;
  parents: "issue_id";
}

/** Where comments are, and what hangs on them. */
export const comments: EntityDescriptor<CommentTypes> = {
  key: "projects.Comment",
  paths: {
    collection: "/projects/issues/{issue_id}/comments",
    item: "/projects/issues/{issue_id}/comments/{comment_id}",
  },
  idParameter: "comment_id",
  defaults: {},
  related: [],
};

/** Comments, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useComments(
  issueId: string,
  query: CommentQuery = {},
  options?: ListOptions,
): ListResult<Comment> {
  return useEntityList(comments, { issue_id: issueId }, query, options);
}

/** One comment; nothing is fetched while its id is undefined. */
export function useComment(
  issueId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Comment> {
  return useEntity(comments, { issue_id: issueId }, id, options);
}

/** Create a comment; the same body sent again after a failure cannot create two. */
export function useCreateComment(issueId: string): CreateResult<CommentTypes> {
  return useCreate(comments, { issue_id: issueId });
}

/** Change a comment: shown at once, taken back if the API refuses. */
export function useUpdateComment(issueId: string): UpdateResult<CommentTypes> {
  return useUpdate(comments, { issue_id: issueId });
}

/** Delete a comment: gone at once, back if the API refuses. */
export function useDeleteComment(issueId: string): DeleteResult {
  return useDelete(comments, { issue_id: issueId });
}

/** Bring a comment back from the trash. */
export function useRestoreComment(issueId: string): RestoreResult<CommentTypes> {
  return useRestore(comments, { issue_id: issueId });
}
