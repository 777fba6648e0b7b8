import type { EntityMetadata } from "@client/core/index";
import { model } from "@client/model";
import { describe, expect, it } from "vitest";

import { mayTouch, may, readsOwnOnly, seesTrash } from "./access";
import { locate, match, titleOf } from "./entities";
import { isComplete, readChoice, servingIndex, sortsOf, toQuery, writeChoice } from "./queries";

const COURSE: EntityMetadata = model.verticals.education.entities.Course;
const ENROLLMENT: EntityMetadata = model.verticals.education.entities.Enrollment;
const as = (...roles: string[]) => ({ user: "u", email: "e", organization: "acme", roles });

describe("paths", () => {
  const id = "01K6JZ3V5W8QH2M4N7P9R1S3T5";
  it.each([
    ["/education/courses", "Course", "list", undefined],
    [`/education/courses/${id}`, "Course", "item", id],
    ["/education/courses/new", "Course", "new", undefined],
    [`/education/courses/${id}/edit`, "Course", "edit", id],
    [`/education/courses/${id}/lessons/new`, "Lesson", "new", undefined],
    [`/education/courses/${id}/lessons/${id}`, "Lesson", "item", id],
  ])("%s", (path, name, view, item) => {
    const found = locate(model, path);
    expect([found?.entity.name, found?.view, found?.id]).toEqual([name, view, item]);
  });

  it("that the API does not have lead nowhere", () => {
    expect(locate(model, "/education/unknown")).toBeUndefined();
    expect(match("/a/{b}", "/a/")).toBeUndefined();
  });
});

describe("lists", () => {
  it("are only those that an index serves", () => {
    for (const query of COURSE.queries) {
      for (const sort of query.sorts) {
        const search = new URLSearchParams({ sort });
        query.filters.forEach((name) => search.set(name, "x"));
        const choice = readChoice(COURSE, search);
        expect(sortsOf(COURSE, choice)).toContain(sort);
        expect(readChoice(COURSE, writeChoice(choice))).toEqual(choice);
      }
    }
  });

  it("fall back where an address asks for what none serves", () => {
    const choice = readChoice(COURSE, new URLSearchParams({ sort: "title", capacity: "3" }));
    expect(toQuery(choice)).toEqual({ sort: "-created_at" });
  });

  it("wait for the value of a filter", () => {
    const choice = readChoice(COURSE, new URLSearchParams({ by: "level" }));
    expect(isComplete(choice)).toBe(false);
    expect(servingIndex(COURSE, choice)).toBe("by_level");
  });
});

describe("access", () => {
  it("offers what a role or ownership allows", () => {
    expect(may(COURSE, "create", as("member"))).toBe(false);
    expect(may(COURSE, "create", as("instructor"))).toBe(true);
    expect(seesTrash(COURSE, as("instructor"))).toBe(false);
    expect(readsOwnOnly(ENROLLMENT, as("member"))).toBe(true);
  });

  it("looks at who created an item", () => {
    const item = { created_by: "u" } as never;
    expect(mayTouch(COURSE, "update", as("instructor"), item)).toBe(true);
    expect(mayTouch(COURSE, "update", { ...as("instructor"), user: "v" }, item)).toBe(false);
  });
});

it("an item goes by its title", () => {
  expect(titleOf(COURSE, { id: "1", title: "Biology", slug: "b" })).toBe("Biology");
  expect(titleOf(ENROLLMENT, { id: "1", learner: "Ada" })).toBe("Ada");
});
