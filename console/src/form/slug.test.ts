import type { EntityMetadata } from "@client/core/index";
import { model } from "@client/model";
import { describe, expect, it } from "vitest";

import { proposalOf, slugOf } from "./slug";

const COURSE: EntityMetadata = model.verticals.education.entities.Course;

describe("slugs", () => {
  it.each([
    ["Introduction to Biology", "introduction-to-biology"],
    ["  Café Zürich & søn ", "cafe-zuerich-and-son"],
    ["Nobody's 3rd LaTeX--course!", "nobodys-3rd-latex-course"],
    ["Введение в биологию", "vvedenie-v-biologiyu"],
    ["生物学", ""],
    ["–", ""],
    ["", ""],
  ])("of %j", (title, slug) => {
    expect(slugOf(title, 100)).toBe(slug);
    expect(slug === "" || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)).toBe(true);
  });

  it.each([
    [25, "introduction-to-biology"],
    [22, "introduction-to"],
    [15, "introduction-to"],
    [14, "introduction"],
    [5, "intro"],
  ])("of at most %d characters end with a word", (longest, slug) => {
    expect(slugOf("Introduction to biology", longest)).toBe(slug);
  });
});

describe("a proposal", () => {
  it("follows the title", () => {
    expect(proposalOf(COURSE, {})).toBeUndefined();
    expect(proposalOf(COURSE, { title: "A b" })?.slug).toBe("a-b");
  });

  it("ends where the reader wrote a slug, or emptied it", () => {
    expect(proposalOf(COURSE, { title: "A b", slug: "mine" })).toBeUndefined();
    expect(proposalOf(COURSE, { title: "A b", slug: "" })).toBeUndefined();
  });

  it("keeps to the bounds of the field", () => {
    const within = (bounds: object): EntityMetadata => ({
      ...COURSE,
      fields: COURSE.fields.map((field) => (field.type === "slug" ? { ...field, ...bounds } : field)),
    });
    expect(proposalOf(within({ maxLength: 3 }), { title: "Long" })?.slug).toBe("lon");
    expect(proposalOf(within({ minLength: 5 }), { title: "Long" })).toBeUndefined();
    expect(proposalOf(within({ default: "none" }), { title: "Long" })).toBeUndefined();
  });

  it("needs a title of its own", () => {
    const alone = COURSE.fields.filter(({ type }) => type === "slug");
    expect(proposalOf({ ...COURSE, fields: alone }, { slug: "a" })).toBeUndefined();
  });
});
