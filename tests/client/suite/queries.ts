/** Lists take what an index serves, and the compiler knows: each expected error is one. */

import {
  courses,
  type CoursePatch,
  type EntityDescriptor,
  lessons,
  useCourses,
  useEnrollments,
  useEntityList,
  useLessons,
  useUpdateCourse,
} from "../package/src/index.js";
import { model } from "../package/src/model.js";

export function Legal(): void {
  useCourses();
  useCourses({ sort: "-created_at", limit: 50 });
  useCourses({ level: "beginner" });
  useCourses({ level: "beginner", sort: "-starts_on" });
  useCourses({ instructor: "01K6JZ3V5W8QH2M4N7P9R1S3T5" });
  useCourses({ deleted: true, sort: "created_at" });
  useEnrollments({ created_by: "me" });
  useLessons("1", { sort: "position" });
  useEntityList(courses, {}, { level: "advanced" });
  useEntityList(model.verticals.education.entities.Lesson, { course_id: "1" }, { any: true });
}

export function Illegal(): unknown {
  // @ts-expect-error -- no index has both
  useCourses({ level: "beginner", instructor: "1" });
  // @ts-expect-error -- the index of that filter has another order
  useCourses({ level: "beginner", sort: "created_at" });
  // @ts-expect-error -- no index has that order
  useCourses({ sort: "title" });
  // @ts-expect-error -- the trash takes no filters
  useCourses({ deleted: true, level: "beginner" });
  // @ts-expect-error -- no such filter
  useCourses({ price: "1" });
  // @ts-expect-error -- not a value of the field
  useCourses({ level: "expert" });
  // @ts-expect-error -- there is no trash
  useEnrollments({ deleted: true });
  // @ts-expect-error -- a child needs the id of its parent
  useLessons({ sort: "position" });
  // @ts-expect-error -- a child needs the id of its parent
  useEntityList(lessons, {}, {});
  // @ts-expect-error -- immutable
  useUpdateCourse().mutate({ item: { id: "1", version: 1 }, patch: { slug: "x" } });
  // @ts-expect-error -- a write names the version that was read
  useUpdateCourse().mutate({ item: { id: "1" }, patch: {} });
  // @ts-expect-error -- required fields cannot be cleared
  const patch: CoursePatch = { title: null };
  // @ts-expect-error -- entities have a key
  const entity: EntityDescriptor = { ...courses, key: undefined };
  return [patch, entity];
}
