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

/** A person who teaches courses of the organization. */
export interface Instructor {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  email: string | null;
  headline: string | null;
  biography: string | null;
  website: string | null;
  specialties: string[] | null;
  active: boolean | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What an instructor is created from. */
export interface InstructorCreate {
  name: string;
  email: string;
  headline?: string | null;
  biography?: string | null;
  website?: string | null;
  specialties?: string[] | null;
  active?: boolean | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface InstructorPatch {
  name?: string;
  email?: string;
  headline?: string | null;
  biography?: string | null;
  website?: string | null;
  specialties?: string[] | null;
  active?: boolean | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type InstructorQuery = { limit?: number } & (
  | { active?: never; sort?: "created_at" | "-created_at" | "name" | "-name" }
  | { active: boolean; sort?: "name" | "-name" }
);

/** The types of instructors, for what works with any entity. */
export interface InstructorTypes {
  item: Instructor;
  create: InstructorCreate;
  patch: InstructorPatch;
  query: InstructorQuery;
  parents: never;
}

/** Where instructors are, and what hangs on them. */
export const instructors: EntityDescriptor<InstructorTypes> = {
  key: "education.Instructor",
  paths: {
    collection: "/education/instructors",
    item: "/education/instructors/{instructor_id}",
  },
  idParameter: "instructor_id",
  defaults: { active: true },
  related: [],
};

/** Instructors, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useInstructors(
  query: InstructorQuery = {},
  options?: ListOptions,
): ListResult<Instructor> {
  return useEntityList(instructors, {}, query, options);
}

/** One instructor; nothing is fetched while its id is undefined. */
export function useInstructor(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Instructor> {
  return useEntity(instructors, {}, id, options);
}

/** Create an instructor; the same body sent again after a failure cannot create two. */
export function useCreateInstructor(): CreateResult<InstructorTypes> {
  return useCreate(instructors, {});
}

/** Change an instructor: shown at once, taken back if the API refuses. */
export function useUpdateInstructor(): UpdateResult<InstructorTypes> {
  return useUpdate(instructors, {});
}

/** Delete an instructor: gone at once, back if the API refuses. */
export function useDeleteInstructor(): DeleteResult {
  return useDelete(instructors, {});
}
