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

/** A course that the organization offers. */
export interface Course {
  /** ULID, assigned at creation. */
  id: string;
  title: string | null;
  slug: string | null;
  summary: string | null;
  level: "beginner" | "intermediate" | "advanced" | null;
  language: string | null;
  price: string | null;
  capacity: number | null;
  tags: string[] | null;
  instructor: string | null;
  starts_on: string | null;
  ends_on: string | null;
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

/** What a course is created from. */
export interface CourseCreate {
  title: string;
  slug: string;
  summary?: string | null;
  level?: "beginner" | "intermediate" | "advanced" | null;
  language?: string | null;
  price?: string | null;
  capacity?: number | null;
  tags?: string[] | null;
  instructor?: string | null;
  starts_on?: string | null;
  ends_on?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface CoursePatch {
  title?: string;
  summary?: string | null;
  level?: "beginner" | "intermediate" | "advanced" | null;
  language?: string | null;
  price?: string | null;
  capacity?: number | null;
  tags?: string[] | null;
  instructor?: string | null;
  starts_on?: string | null;
  ends_on?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type CourseQuery = { limit?: number } & (
  | {
      level?: never;
      instructor?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at" | "starts_on" | "-starts_on";
    }
  | {
      level: "beginner" | "intermediate" | "advanced";
      instructor?: never;
      deleted?: never;
      sort?: "starts_on" | "-starts_on";
    }
  | { instructor: string; level?: never; deleted?: never; sort?: "starts_on" | "-starts_on" }
  | { deleted: true; level?: never; instructor?: never; sort?: "created_at" | "-created_at" }
);

/** The types of courses, for what works with any entity. */
export interface CourseTypes {
  item: Course;
  create: CourseCreate;
  patch: CoursePatch;
  query: CourseQuery;
  parents: never;
}

/** Where courses are, and what hangs on them. */
export const courses: EntityDescriptor<CourseTypes> = {
  key: "education.Course",
  paths: {
    collection: "/education/courses",
    item: "/education/courses/{course_id}",
  },
  idParameter: "course_id",
  defaults: { level: "beginner", language: "en" },
  related: ["education.Enrollment", "education.Lesson"],
};

/** Courses, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useCourses(
  query: CourseQuery = {},
  options?: ListOptions,
): ListResult<Course> {
  return useEntityList(courses, {}, query, options);
}

/** One course; nothing is fetched while its id is undefined. */
export function useCourse(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Course> {
  return useEntity(courses, {}, id, options);
}

/** Create a course; the same body sent again after a failure cannot create two. */
export function useCreateCourse(): CreateResult<CourseTypes> {
  return useCreate(courses, {});
}

/** Change a course: shown at once, taken back if the API refuses. */
export function useUpdateCourse(): UpdateResult<CourseTypes> {
  return useUpdate(courses, {});
}

/** Delete a course: gone at once, back if the API refuses. */
export function useDeleteCourse(): DeleteResult {
  return useDelete(courses, {});
}

/** Bring a course back from the trash. */
export function useRestoreCourse(): RestoreResult<CourseTypes> {
  return useRestore(courses, {});
}
