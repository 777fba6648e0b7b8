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

/** A piece of work with a goal, a beginning and an end. */
export interface Project {
  /** ULID, assigned at creation. */
  id: string;
  key: string | null;
  name: string | null;
  summary: string | null;
  status: "planned" | "active" | "paused" | "completed" | "cancelled" | null;
  health: "on_track" | "at_risk" | "off_track" | null;
  priority: number | null;
  color: string | null;
  repository: string | null;
  starts_on: string | null;
  target_on: string | null;
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

/** What a project is created from. */
export interface ProjectCreate {
  key: string;
  name: string;
  summary?: string | null;
  status?: "planned" | "active" | "paused" | "completed" | "cancelled" | null;
  health?: "on_track" | "at_risk" | "off_track" | null;
  priority?: number | null;
  color?: string | null;
  repository?: string | null;
  starts_on?: string | null;
  target_on?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface ProjectPatch {
  name?: string;
  summary?: string | null;
  status?: "planned" | "active" | "paused" | "completed" | "cancelled" | null;
  health?: "on_track" | "at_risk" | "off_track" | null;
  priority?: number | null;
  color?: string | null;
  repository?: string | null;
  starts_on?: string | null;
  target_on?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ProjectQuery = { limit?: number } & (
  | {
      status?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at" | "name" | "-name" | "target_on" | "-target_on";
    }
  | {
      status: "planned" | "active" | "paused" | "completed" | "cancelled";
      deleted?: never;
      sort?: "target_on" | "-target_on";
    }
  | { deleted: true; status?: never; sort?: "created_at" | "-created_at" }
);

/** The types of projects, for what works with any entity. */
export interface ProjectTypes {
  item: Project;
  create: ProjectCreate;
  patch: ProjectPatch;
  query: ProjectQuery;
  parents: never;
}

/** Where projects are, and what hangs on them. */
export const projects: EntityDescriptor<ProjectTypes> = {
  key: "projects.Project",
  paths: {
    collection: "/projects/projects",
    item: "/projects/projects/{project_id}",
  },
  idParameter: "project_id",
  defaults: { status: "planned", health: "on_track", priority: 2 },
  related: ["projects.Comment", "projects.Issue", "projects.Milestone"],
};

/** Projects, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useProjects(
  query: ProjectQuery = {},
  options?: ListOptions,
): ListResult<Project> {
  return useEntityList(projects, {}, query, options);
}

/** One project; nothing is fetched while its id is undefined. */
export function useProject(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Project> {
  return useEntity(projects, {}, id, options);
}

/** Create a project; the same body sent again after a failure cannot create two. */
export function useCreateProject(): CreateResult<ProjectTypes> {
  return useCreate(projects, {});
}

/** Change a project: shown at once, taken back if the API refuses. */
export function useUpdateProject(): UpdateResult<ProjectTypes> {
  return useUpdate(projects, {});
}

/** Delete a project: gone at once, back if the API refuses. */
export function useDeleteProject(): DeleteResult {
  return useDelete(projects, {});
}

/** Bring a project back from the trash. */
export function useRestoreProject(): RestoreResult<ProjectTypes> {
  return useRestore(projects, {});
}
