import type { FieldMetadata } from "@client/core/index";
import { describe, expect, it } from "vitest";

import { changedFields, draftsOf, entry, localFaults, revived, toDraft, toValue } from "./draft";

const field = (name: string, type: string, more: Partial<FieldMetadata> = {}): FieldMetadata => ({
  name,
  label: name,
  type,
  required: false,
  immutable: false,
  ...more,
});

const LINKS = field("links", "list", {
  of: { type: "object", fields: [field("label", "string"), field("url", "url")] },
});

describe("drafts", () => {
  it.each([
    [field("a", "string"), " x "],
    [field("a", "integer"), -3],
    [field("a", "number"), 0.25],
    [field("a", "decimal"), "12.50"],
    [field("a", "boolean"), false],
    [field("a", "enum"), "beginner"],
    [field("a", "list", { of: { type: "string" } }), ["a", "b"]],
    [field("a", "map", { of: { type: "integer" } }), { x: 1, y: 2 }],
    [LINKS, [{ label: "a", url: "https://a.example" }]],
    [field("a", "json"), { deep: [1, null, "x"] }],
    [field("a", "datetime"), "2026-09-01T09:00:00.000Z"],
    [field("a", "duration"), "PT1H30M"],
  ])("carry a %j there and back", (type, value) => {
    expect(toValue(type, toDraft(type, value))).toEqual(value);
  });

  it("are empty for what is not set", () => {
    for (const type of ["string", "integer", "list", "map", "object", "json", "boolean", "date"]) {
      expect(toValue(field("a", type), toDraft(field("a", type), null))).toBeUndefined();
    }
  });

  it("send text that is no number as it was typed, for the API to refuse at its field", () => {
    expect(toValue(field("a", "integer"), "many")).toBe("many");
  });

  it("send an element that was left empty instead of dropping it", () => {
    expect(toValue(field("a", "list", { of: { type: "string" } }), [entry("")])).toEqual([""]);
  });

  it("count as changed only where they say something else", () => {
    const fields = [field("a", "datetime"), field("b", "list", { of: { type: "string" } })];
    const item = { a: "2026-09-01T09:00:00.123456Z", b: ["x"] };
    const drafts = draftsOf(fields, item);
    expect(changedFields(fields, item, drafts)).toEqual([]);
    expect(changedFields(fields, item, { ...drafts, b: [entry("x"), entry("y")] })).toEqual(["b"]);
  });

  it("survive being kept as JSON", () => {
    const draft = toDraft(LINKS, [{ label: "a", url: "https://a.example" }]);
    const kept = revived(JSON.parse(JSON.stringify(draft)) as typeof draft);
    expect(toValue(LINKS, kept)).toEqual(toValue(LINKS, draft));
  });

  it("name what cannot be sent at all", () => {
    const fields = [field("j", "json"), field("m", "map", { of: { type: "string" } })];
    const found = localFaults(fields, { j: "{", m: [entry("1", "a"), entry("2", "a")] });
    expect([...found.keys()]).toEqual(["/j", "/m"]);
  });
});
