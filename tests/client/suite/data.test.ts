// @vitest-environment node
import { afterEach, describe, expect, it, vi } from "vitest";

import { patched } from "../package/src/core/merge.js";
import { type Item, loadConfig, mergePatch, parseConfig, UnreadableAnswerError } from "../package/src/index.js";
import { json } from "./stub.js";

describe("a merge patch", () => {
  // RFC 7396, appendix A.
  it.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [["a", "b"], ["c", "d"], ["c", "d"]],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("%j with %j is %j", (target, patch, result) => {
    const before = JSON.stringify(target);
    expect(mergePatch(target, patch)).toEqual(result);
    expect(JSON.stringify(target)).toBe(before);
  });
});

it("a merge patch takes any name for a name", () => {
  const patch = JSON.parse('{"__proto__": {"a": 1}, "constructor": "b"}') as object;
  const result = mergePatch({ c: 2 }, patch) as object;
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  expect(JSON.stringify(result)).toBe('{"c":2,"__proto__":{"a":1},"constructor":"b"}');
});

it("a field that every object has a member of is cleared as any other", () => {
  const item = { id: "1", constructor: "a" } as unknown as Item;
  expect(Object.entries(patched(item, { constructor: null }, {}))).toEqual([
    ["id", "1"],
    ["constructor", null],
  ]);
});

describe("the configuration", () => {
  const config = {
    environment: "dev",
    region: "us-east-1",
    apiUrl: "https://api.example.org/dev",
    userPoolId: "us-east-1_x",
    userPoolClientId: "abc",
  };
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("is taken without what else the file holds", () => {
    expect(parseConfig({ ...config, comment: "x" })).toEqual(config);
  });

  it.each([null, "text", [], {}, { ...config, apiUrl: "" }, { ...config, apiUrl: 1 }])(
    "%j is refused",
    (data) => {
      expect(() => parseConfig(data)).toThrow(/The configuration has no \w+\./);
    },
  );

  it("is fetched from beside the frontend", async () => {
    const fetched = vi.fn(() => Promise.resolve(json(200, config)));
    vi.stubGlobal("fetch", fetched);
    expect(await loadConfig()).toEqual(config);
    expect(fetched).toHaveBeenCalledWith("/config.json", { cache: "no-cache" });
  });

  it("says what a server sent instead, such as the page that it has for all addresses", async () => {
    const page = new Response("<html>", { headers: { "content-type": "text/html" } });
    Object.defineProperty(page, "url", { value: "http://a.example/config.json" });
    vi.stubGlobal("fetch", () => Promise.resolve(page));
    const error = await loadConfig().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(String(error)).toContain('a.example/config.json answered 200 (text/html) with no JSON but "<html>"');
  });

  it("names a file that is not there", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(json(404, {})));
    await expect(loadConfig("/other.json")).rejects.toThrow("/other.json cannot be read: 404");
  });
});
