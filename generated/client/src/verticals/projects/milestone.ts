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

/** A point that a project wants to reach by a date. */
export interface Milestone {
  /** ULID, assigned at creation. */
  id: string;
  project: string | null;
  name: string | null;
  description: string | null;
  due_on: string | null;
  reached_at: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a milestone is created from. */
export interface MilestoneCreate {
  project: string;
  name: string;
  description?: string | null;
  due_on?: string | null;
  reached_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface MilestonePatch {
  name?: string;
  description?: string | null;
  due_on?: string | null;
  reached_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type MilestoneQuery = { limit?: number } & (
  | { project?: never; sort?: "created_at" | "-created_at" | "due_on" | "-due_on" }
  | { project: string; sort?: "due_on" | "-due_on" | "created_at" | "-created_at" }
);

/** The types of milestones, for what works with any entity. */
export interface MilestoneTypes {
  item: Milestone;
  create: MilestoneCreate;
  patch: MilestonePatch;
  query: MilestoneQuery;
  parents: never;
}

/** Where milestones are, and what hangs on them. */
export const milestones: EntityDescriptor<MilestoneTypes> = {
  key: "projects.Milestone",
  paths: {
    collection: "/projects/milestones",
    item: "/projects/milestones/{milestone_id}",
  },
  idParameter: "milestone_id",
  defaults: {},
  related: ["projects.Issue"],
};

/** Milestones, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useMilestones(
  query: MilestoneQuery = {},
  options?: ListOptions,
): ListResult<Milestone> {
  return useEntityList(milestones, {}, query, options);
}

/** One milestone; nothing is fetched while its id is undefined. */
export function useMilestone(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Milestone> {
  return useEntity(milestones, {}, id, options);
}

/** Create a milestone; the same body sent again after a failure cannot create two. */
export function useCreateMilestone(): CreateResult<MilestoneTypes> {
  return useCreate(milestones, {});
}

/** Change a milestone: shown at once, taken back if the API refuses. */
export function useUpdateMilestone(): UpdateResult<MilestoneTypes> {
  return useUpdate(milestones, {});
}

/** Delete a milestone: gone at once, back if the API refuses. */
export function useDeleteMilestone(): DeleteResult {
  return useDelete(milestones, {});
}
