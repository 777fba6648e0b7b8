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

/** Something to be done, mended or decided in a project. */
export interface Issue {
  /** ULID, assigned at creation. */
  id: string;
  project: string | null;
  milestone: string | null;
  title: string | null;
  description: string | null;
  kind: "task" | "bug" | "feature" | "question" | null;
  status: "backlog" | "todo" | "in_progress" | "in_review" | "done" | "cancelled" | null;
  priority: number | null;
  estimate: string | null;
  assignee: string | null;
  labels: string[] | null;
  due_on: string | null;
  closed_at: string | null;
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

/** What an issue is created from. */
export interface IssueCreate {
  project: string;
  milestone?: string | null;
  title: string;
  description?: string | null;
  kind?: "task" | "bug" | "feature" | "question" | null;
  status?: "backlog" | "todo" | "in_progress" | "in_review" | "done" | "cancelled" | null;
  priority?: number | null;
  estimate?: string | null;
  assignee?: string | null;
  labels?: string[] | null;
  due_on?: string | null;
  closed_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface IssuePatch {
  milestone?: string | null;
  title?: string;
  description?: string | null;
  kind?: "task" | "bug" | "feature" | "question" | null;
  status?: "backlog" | "todo" | "in_progress" | "in_review" | "done" | "cancelled" | null;
  priority?: number | null;
  estimate?: string | null;
  assignee?: string | null;
  labels?: string[] | null;
  due_on?: string | null;
  closed_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type IssueQuery = { limit?: number } & (
  | {
      project?: never;
      status?: never;
      assignee?: never;
      milestone?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      project: string;
      status?: never;
      assignee?: never;
      milestone?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      project: string;
      status: "backlog" | "todo" | "in_progress" | "in_review" | "done" | "cancelled";
      assignee?: never;
      milestone?: never;
      created_by?: never;
      deleted?: never;
      sort?: "priority" | "-priority";
    }
  | {
      assignee: string;
      project?: never;
      status?: never;
      milestone?: never;
      created_by?: never;
      deleted?: never;
      sort?: "due_on" | "-due_on";
    }
  | {
      milestone: string;
      project?: never;
      status?: never;
      assignee?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      created_by: string;
      project?: never;
      status?: never;
      assignee?: never;
      milestone?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      deleted: true;
      project?: never;
      status?: never;
      assignee?: never;
      milestone?: never;
      created_by?: never;
      sort?: "created_at" | "-created_at";
    }
);

/** The types of issues, for what works with any entity. */
export interface IssueTypes {
  item: Issue;
  create: IssueCreate;
  patch: IssuePatch;
  query: IssueQuery;
  parents: never;
}

/** Where issues are, and what hangs on them. */
export const issues: EntityDescriptor<IssueTypes> = {
  key: "projects.Issue",
  paths: {
    collection: "/projects/issues",
    item: "/projects/issues/{issue_id}",
  },
  idParameter: "issue_id",
  defaults: { kind: "task", status: "backlog", priority: 2 },
  related: ["projects.Comment"],
};

/** Issues, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useIssues(
  query: IssueQuery = {},
  options?: ListOptions,
): ListResult<Issue> {
  return useEntityList(issues, {}, query, options);
}

/** One issue; nothing is fetched while its id is undefined. */
export function useIssue(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Issue> {
  return useEntity(issues, {}, id, options);
}

/** Create an issue; the same body sent again after a failure cannot create two. */
export function useCreateIssue(): CreateResult<IssueTypes> {
  return useCreate(issues, {});
}

/** Change an issue: shown at once, taken back if the API refuses. */
export function useUpdateIssue(): UpdateResult<IssueTypes> {
  return useUpdate(issues, {});
}

/** Delete an issue: gone at once, back if the API refuses. */
export function useDeleteIssue(): DeleteResult {
  return useDelete(issues, {});
}

/** Bring an issue back from the trash. */
export function useRestoreIssue(): RestoreResult<IssueTypes> {
  return useRestore(issues, {});
}
