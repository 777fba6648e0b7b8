import type { EntityMetadata, FieldMetadata } from "@client/core/index";
import { describe, expect, it } from "vitest";

import { fill, match } from "../model/entities";
import { draftsOf, toValue } from "./draft";
import { parseDuration, spokenDuration } from "./duration";
import { place } from "./faults";
import { patchBetween, same } from "./json";
import { type AnyItem, conflictOf, resolve } from "./merge";

const field = (name: string, type = "string", more: Partial<FieldMetadata> = {}): FieldMetadata => ({
  name,
  label: name.toUpperCase(),
  type,
  required: false,
  immutable: false,
  ...more,
});

const FIELDS = [field("title"), field("level"), field("price"), field("note")];
const ENTITY = { fields: FIELDS } as unknown as EntityMetadata;
const BASE = { id: "1", version: 1, title: "a", level: "b", price: "1", note: "n" } as unknown as AnyItem;

describe("two editors of one item", () => {
  const theirs = { ...BASE, version: 2, title: "theirs", level: "l", note: "same" };
  const drafts = { ...draftsOf(FIELDS, BASE), title: "mine", price: "2", note: "same" };
  const conflict = conflictOf(ENTITY, BASE, theirs, drafts);

  it("clash only where both changed a field to different values", () => {
    expect(conflict.clashes.map((clash) => clash.field.name)).toEqual(["title"]);
    expect(conflict.theirsOnly.map(({ name }) => name)).toEqual(["level"]);
    expect(conflict.mineOnly.map(({ name }) => name)).toEqual(["price"]);
  });

  it("lose nothing whichever side is taken", () => {
    const mine = resolve(conflict, drafts, { title: "mine" });
    expect(mine).toMatchObject({ title: "mine", level: "l", price: "2", note: "same" });
    const other = resolve(conflict, drafts, { title: "theirs" });
    expect(other).toMatchObject({ title: "theirs", level: "l", price: "2" });
  });

  it("keep what was typed where nobody chose", () => {
    expect(resolve(conflict, drafts, {})["title"]).toBe("mine");
  });
});

it("a field that is called as what every object has is empty until it has a value", () => {
  const fields = [field("constructor"), field("in", "object", { fields: [field("constructor")] })];
  const entity = { fields } as unknown as EntityMetadata;
  const item = { id: "1", version: 1, in: {} } as unknown as AnyItem;
  expect(draftsOf(fields, item)).toEqual({ constructor: "", in: { constructor: "" } });
  expect(toValue({ type: "object", fields }, {})).toEqual({});
  const theirs = { ...item, version: 2 };
  expect(conflictOf(entity, item, theirs, draftsOf(fields, item)).theirsOnly).toEqual([]);
  expect(match("/a/{constructor}", "/a/b")).toEqual({ constructor: "b" });
  expect(fill("/a/{constructor}", {})).toBe("/a/");
});

describe("merge patches", () => {
  it.each([
    [{ a: 1, b: 2 }, { a: 1 }, { b: null }],
    [{ a: { x: 1 } }, { a: { x: 1, y: 2 } }, { a: { y: 2 } }],
    [[1, 2], [1], [1]],
    ["x", undefined, null],
    [null, { a: 1 }, { a: 1 }],
    [{ constructor: 1 }, {}, { constructor: null }],
    [{}, JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"a": 1}}')],
  ])("from %j to %j", (from, to, patch) => {
    expect(patchBetween(from, to)).toEqual(patch);
  });

  it("compare members in any order", () => {
    expect(same({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(same({ constructor: Object }, { a: 1 })).toBe(false);
  });
});

describe("faults", () => {
  const links = field("links", "list", { of: { type: "object", fields: [field("url")] } });
  it("find the innermost field that contains them", () => {
    const errors = [
      { pointer: "/links/0/url", code: "url", detail: "No." },
      { pointer: "/links/2/url/deeper", code: "url", detail: "No." },
      { pointer: "/settings/a/b", code: "type", detail: "No." },
      { pointer: "/absent", code: "unknown", detail: "No." },
    ];
    const placed = place(errors, [links, field("settings", "json")]);
    expect(placed.map(({ pointer }) => pointer)).toEqual([
      "/links/0/url",
      "/links/2/url",
      "/settings",
      undefined,
    ]);
    expect(placed[0]?.where).toBe("LINKS, 1, URL");
  });
});

describe("durations", () => {
  it.each([
    ["1h 30m", "PT1H30M"],
    ["90 min", "PT90M"],
    ["2 days and 3 hours", "P2DT3H"],
    ["pt5m", "PT5M"],
    ["1w", "P7D"],
    ["soon", "soon"],
    ["", ""],
  ])("%s", (text, iso) => {
    expect(parseDuration(text)).toBe(iso);
  });

  it("are spoken", () => {
    expect(spokenDuration("PT1H30M")).toBe("1 hour 30 minutes");
    expect(spokenDuration("P")).toBeUndefined();
  });
});
