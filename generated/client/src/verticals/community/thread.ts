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

/** A conversation that somebody began in a space. */
export interface Thread {
  /** ULID, assigned at creation. */
  id: string;
  space: string | null;
  title: string | null;
  body: string | null;
  kind: "discussion" | "question" | "announcement" | null;
  tags: string[] | null;
  pinned: boolean | null;
  locked: boolean | null;
  answered: boolean | null;
  last_post_at: string | null;
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

/** What a thread is created from. */
export interface ThreadCreate {
  space: string;
  title: string;
  body: string;
  kind?: "discussion" | "question" | "announcement" | null;
  tags?: string[] | null;
  pinned?: boolean | null;
  locked?: boolean | null;
  answered?: boolean | null;
  last_post_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface ThreadPatch {
  space?: string;
  title?: string;
  body?: string;
  kind?: "discussion" | "question" | "announcement" | null;
  tags?: string[] | null;
  pinned?: boolean | null;
  locked?: boolean | null;
  answered?: boolean | null;
  last_post_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ThreadQuery = { limit?: number } & (
  | {
      space?: never;
      pinned?: never;
      kind?: never;
      answered?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      space: string;
      pinned?: never;
      kind?: never;
      answered?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at" | "last_post_at" | "-last_post_at";
    }
  | {
      space: string;
      pinned: boolean;
      kind?: never;
      answered?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      kind: "discussion" | "question" | "announcement";
      answered: boolean;
      space?: never;
      pinned?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      created_by: string;
      space?: never;
      pinned?: never;
      kind?: never;
      answered?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      deleted: true;
      space?: never;
      pinned?: never;
      kind?: never;
      answered?: never;
      created_by?: never;
      sort?: "created_at" | "-created_at";
    }
);

/** The types of threads, for what works with any entity. */
export interface ThreadTypes {
  item: Thread;
  create: ThreadCreate;
  patch: ThreadPatch;
  query: ThreadQuery;
  parents: never;
}

/** Where threads are, and what hangs on them. */
export const threads: EntityDescriptor<ThreadTypes> = {
  key: "community.Thread",
  paths: {
    collection: "/community/threads",
    item: "/community/threads/{thread_id}",
  },
  idParameter: "thread_id",
  defaults: { kind: "discussion", pinned: false, locked: false, answered: false },
  related: ["community.Post", "community.Reaction"],
};

/** Threads, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useThreads(
  query: ThreadQuery = {},
  options?: ListOptions,
): ListResult<Thread> {
  return useEntityList(threads, {}, query, options);
}

/** One thread; nothing is fetched while its id is undefined. */
export function useThread(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Thread> {
  return useEntity(threads, {}, id, options);
}

/** Create a thread; the same body sent again after a failure cannot create two. */
export function useCreateThread(): CreateResult<ThreadTypes> {
  return useCreate(threads, {});
}

/** Change a thread: shown at once, taken back if the API refuses. */
export function useUpdateThread(): UpdateResult<ThreadTypes> {
  return useUpdate(threads, {});
}

/** Delete a thread: gone at once, back if the API refuses. */
export function useDeleteThread(): DeleteResult {
  return useDelete(threads, {});
}

/** Bring a thread back from the trash. */
export function useRestoreThread(): RestoreResult<ThreadTypes> {
  return useRestore(threads, {});
}
