// @vitest-environment node
import { describe, expect, it } from "vitest";

import {
  ConflictError,
  type Course,
  courses,
  createItem,
  deleteItem,
  enrollments,
  getItem,
  instructors,
  lessons,
  listItems,
  NotFoundError,
  PermissionError,
  restoreItem,
  StaleItemError,
  updateItem,
  ValidationError,
} from "../package/src/index.js";
import { clientOf, fresh, tokens } from "./users.js";

const admin = clientOf("admin@org1");
const neighbour = clientOf("admin@org10");

async function newCourse(title: string): Promise<Course> {
  return createItem(admin, courses, {}, { title, slug: fresh("course") });
}

describe("an item", () => {
  it("is created with its defaults, read, changed, deleted and restored", async () => {
    const created = await newCourse("Algebra");
    expect(created).toMatchObject({ title: "Algebra", level: "beginner", summary: null, version: 1 });
    const read = await getItem(admin, courses, {}, created.id);
    expect(read).toEqual(created);
    expect(await getItem(admin, courses, {}, created.id, { known: read })).toBe(read);
    const changed = await updateItem(admin, courses, {}, created, {
      title: "Algebra II",
      level: null,
      tags: ["maths"],
    });
    expect(changed).toMatchObject({ title: "Algebra II", level: "beginner", version: 2 });
    await deleteItem(admin, courses, {}, changed);
    await expect(getItem(admin, courses, {}, created.id)).rejects.toBeInstanceOf(NotFoundError);
    const restored = await restoreItem(admin, courses, {}, changed);
    expect(restored).toMatchObject({ title: "Algebra II", version: 3 });
  });

  it("is created once for one idempotency key", async () => {
    const key = crypto.randomUUID();
    const body = { title: "Once", slug: fresh("once") };
    const first = await createItem(admin, courses, {}, body, key);
    expect(await createItem(admin, courses, {}, body, key)).toEqual(first);
    await expect(createItem(admin, courses, {}, body)).rejects.toBeInstanceOf(ConflictError);
  });

  it("that somebody changed meanwhile is not written over", async () => {
    const course = await newCourse("Draft");
    await updateItem(admin, courses, {}, course, { title: "Theirs" });
    await expect(
      updateItem(admin, courses, {}, course, { title: "Mine" }),
    ).rejects.toBeInstanceOf(StaleItemError);
    await expect(deleteItem(admin, courses, {}, course)).rejects.toBeInstanceOf(StaleItemError);
    expect((await getItem(admin, courses, {}, course.id)).title).toBe("Theirs");
  });

  it("may be a child, with its parent's id in its path", async () => {
    const course = await newCourse("Parent");
    const parents = { course_id: course.id };
    const lesson = await createItem(admin, lessons, parents, {
      title: "One",
      position: 1,
      attachments: [{ label: "Slides", url: "https://example.org/slides" }],
    });
    expect(lesson.course_id).toBe(course.id);
    const { items } = await listItems(admin, lessons, parents, { sort: "position" });
    expect(items).toEqual([lesson]);
  });

  it("of every shape comes back as it was sent", async () => {
    const { id: course } = await newCourse("Shapes");
    const sent = {
      course,
      learner: fresh("learner"),
      progress: 0.25,
      completed_at: "2026-03-01T10:00:00+02:00",
      answers: { "1": "yes", two: "no" },
      settings: { nested: [1, null, { deep: true }] },
    };
    const created = await createItem(admin, enrollments, {}, sent);
    expect(created).toMatchObject({ ...sent, completed_at: "2026-03-01T08:00:00.000000Z" });
    const changed = await updateItem(admin, enrollments, {}, created, {
      answers: { two: null, three: "maybe" },
    });
    expect(changed.answers).toEqual({ "1": "yes", three: "maybe" });
  });
});

describe("a list", () => {
  it("is filtered, ordered and paged as the index says", async () => {
    const { id: instructor } = await createItem(admin, instructors, {}, {
      name: "Ada",
      email: `${fresh("ada")}@example.org`,
    });
    const made: (string | null)[] = [];
    for (const day of ["03", "01", "02"]) {
      const body = { title: day, slug: fresh("c"), instructor, starts_on: `2026-01-${day}` };
      made.push((await createItem(admin, courses, {}, body)).title);
    }
    const titles: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await listItems(
        admin,
        courses,
        {},
        { instructor, sort: "-starts_on", limit: 2 },
        { cursor },
      );
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(titles).toEqual(made.sort().reverse());
  });
});

describe("a refusal", () => {
  it("lists every fault at its field", async () => {
    const body = { title: "", slug: "Not A Slug", tags: ["ok", ""], capacity: 0 };
    const error: unknown = await createItem(admin, courses, {}, body).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ValidationError);
    const pointers = (error as ValidationError).errors.map(({ pointer }) => pointer).sort();
    expect(pointers).toEqual(["/capacity", "/slug", "/tags/1", "/title"]);
    expect((error as ValidationError).requestId).toMatch(/\S+/);
  });

  it("tells who may not from what is not there", async () => {
    const member = clientOf("member@org1");
    const body = { title: "No", slug: fresh("no") };
    await expect(createItem(member, courses, {}, body)).rejects.toBeInstanceOf(PermissionError);
    const mine = await newCourse("Mine");
    await expect(getItem(neighbour, courses, {}, mine.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(updateItem(neighbour, courses, {}, mine, {})).rejects.toBeInstanceOf(NotFoundError);
    const { items } = await listItems(neighbour, courses, {}, { limit: 100 });
    expect(items.map(({ id }) => id)).not.toContain(mine.id);
  });

  it("of a token makes the client ask for another", async () => {
    const refreshed: boolean[] = [];
    const client = clientOf("admin@org1", {
      getToken: ({ refresh }) => {
        refreshed.push(refresh);
        return refresh ? tokenOf() : "expired.or.forged";
      },
    });
    const page = await listItems(client, courses, {}, { limit: 1 });
    expect(page.items.length).toBeLessThanOrEqual(1);
    expect(refreshed).toEqual([false, true]);
  });
});

/** The token that the admin's client sends. */
function tokenOf(): string {
  return tokens["admin@org1"] ?? expect.fail();
}
