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

/** One lesson of a course, in its place among the others. */
export interface Lesson {
  /** ULID, assigned at creation. */
  id: string;
  course_id: string;
  title: string | null;
  position: number | null;
  kind: "video" | "reading" | "exercise" | "live" | null;
  length: string | null;
  body: string | null;
  video_url: string | null;
  attachments: { label: string; url: string }[] | null;
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

/** What a lesson is created from. */
export interface LessonCreate {
  title: string;
  position: number;
  kind?: "video" | "reading" | "exercise" | "live" | null;
  length?: string | null;
  body?: string | null;
  video_url?: string | null;
  attachments?: { label: string; url: string }[] | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface LessonPatch {
  title?: string;
  position?: number;
  kind?: "video" | "reading" | "exercise" | "live" | null;
  length?: string | null;
  body?: string | null;
  video_url?: string | null;
  attachments?: { label: string; url: string }[] | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type LessonQuery = { limit?: number } & (
  | { deleted?: never; sort?: "created_at" | "-created_at" | "position" | "-position" }
  | { deleted: true; sort?: "created_at" | "-created_at" }
);

/** The types of lessons, for what works with any entity. */
export interface LessonTypes {
  item: Lesson;
  create: LessonCreate;
  patch: LessonPatch;
  query: LessonQuery;
  parents: "course_id";
}

/** Where lessons are, and what hangs on them. */
export const lessons: EntityDescriptor<LessonTypes> = {
  key: "education.Lesson",
  paths: {
    collection: "/education/courses/{course_id}/lessons",
    item: "/education/courses/{course_id}/lessons/{lesson_id}",
  },
  idParameter: "lesson_id",
  defaults: { kind: "reading" },
  related: [],
};

/** Lessons, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useLessons(
  courseId: string,
  query: LessonQuery = {},
  options?: ListOptions,
): ListResult<Lesson> {
  return useEntityList(lessons, { course_id: courseId }, query, options);
}

/** One lesson; nothing is fetched while its id is undefined. */
export function useLesson(
  courseId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Lesson> {
  return useEntity(lessons, { course_id: courseId }, id, options);
}

/** Create a lesson; the same body sent again after a failure cannot create two. */
export function useCreateLesson(courseId: string): CreateResult<LessonTypes> {
  return useCreate(lessons, { course_id: courseId });
}

/** Change a lesson: shown at once, taken back if the API refuses. */
export function useUpdateLesson(courseId: string): UpdateResult<LessonTypes> {
  return useUpdate(lessons, { course_id: courseId });
}

/** Delete a lesson: gone at once, back if the API refuses. */
export function useDeleteLesson(courseId: string): DeleteResult {
  return useDelete(lessons, { course_id: courseId });
}

/** Bring a lesson back from the trash. */
export function useRestoreLesson(courseId: string): RestoreResult<LessonTypes> {
  return useRestore(lessons, { course_id: courseId });
}
