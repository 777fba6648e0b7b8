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

/** One learner's place in a course, and how far the learner has come. */
export interface Enrollment {
  /** ULID, assigned at creation. */
  id: string;
  course: string | null;
  learner: string | null;
  progress: number | null;
  completed_at: string | null;
  note: string | null;
  answers: Record<string, string> | null;
  settings: unknown;
  certificate: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What an enrollment is created from. */
export interface EnrollmentCreate {
  course: string;
  learner: string;
  progress?: number | null;
  completed_at?: string | null;
  note?: string | null;
  answers?: Record<string, string> | null;
  settings?: unknown;
  certificate?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface EnrollmentPatch {
  progress?: number | null;
  completed_at?: string | null;
  note?: string | null;
  answers?: Record<string, string | null> | null;
  settings?: unknown;
  certificate?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type EnrollmentQuery = { limit?: number } & (
  | { course?: never; learner?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | { course: string; learner?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | { learner: string; course?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; course?: never; learner?: never; sort?: "created_at" | "-created_at" }
);

/** The types of enrollments, for what works with any entity. */
export interface EnrollmentTypes {
  item: Enrollment;
  create: EnrollmentCreate;
  patch: EnrollmentPatch;
  query: EnrollmentQuery;
  parents: never;
}

/** Where enrollments are, and what hangs on them. */
export const enrollments: EntityDescriptor<EnrollmentTypes> = {
  key: "education.Enrollment",
  paths: {
    collection: "/education/enrollments",
    item: "/education/enrollments/{enrollment_id}",
  },
  idParameter: "enrollment_id",
  defaults: { progress: 0 },
  related: [],
};

/** Enrollments, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useEnrollments(
  query: EnrollmentQuery = {},
  options?: ListOptions,
): ListResult<Enrollment> {
  return useEntityList(enrollments, {}, query, options);
}

/** One enrollment; nothing is fetched while its id is undefined. */
export function useEnrollment(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Enrollment> {
  return useEntity(enrollments, {}, id, options);
}

/** Create an enrollment; the same body sent again after a failure cannot create two. */
export function useCreateEnrollment(): CreateResult<EnrollmentTypes> {
  return useCreate(enrollments, {});
}

/** Change an enrollment: shown at once, taken back if the API refuses. */
export function useUpdateEnrollment(): UpdateResult<EnrollmentTypes> {
  return useUpdate(enrollments, {});
}

/** Delete an enrollment: gone at once, back if the API refuses. */
export function useDeleteEnrollment(): DeleteResult {
  return useDelete(enrollments, {});
}
