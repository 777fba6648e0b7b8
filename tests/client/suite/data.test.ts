// @vitest-environment node
import { afterEach, describe, expect, it, vi } from "vitest";

import { patched } from "../package/src/core/merge.js";
import { type Item, loadConfig, mergePatch, parseConfig, UnreadableAnswerError } from "../package/src/index.js";
import { signIn as absent } from "../package/src/local/absent.js";
import { signIn } from "../package/src/local/index.js";
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

describe("signing in to the local API", () => {
  const url = "http://127.0.0.1:4711";
  const local = { signIn: `${url}/_local/sign-in`, refresh: `${url}/_local/refresh` };
  const user = { user: "u-1", username: "ada@acme.example", organization: "acme", roles: ["admin"] };
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("gives a client of the user, whose tokens are renewed", async () => {
    const sent: unknown[] = [];
    vi.stubGlobal("fetch", async (input: string | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const body = await request.text();
      sent.push([request.url.slice(url.length), body, request.headers.get("authorization")]);
      switch (request.url) {
        case `${url}/config.json`:
          return json(200, { apiUrl: url, local });
        case local.signIn:
          return json(200, { ...user, idToken: "one", refreshToken: "r" });
        case local.refresh:
          return json(200, { ...user, idToken: "two", refreshToken: "r" });
        default:
          return json(request.headers.get("authorization") === "Bearer two" ? 200 : 401, {});
      }
    });
    const { client, ...session } = await signIn("ada@acme.example", { url });
    expect(client.scope).toEqual({ organization: "acme", user: "u-1" });
    expect(session).toEqual({ username: "ada@acme.example", organization: "acme", roles: ["admin"] });
    expect(await client.send({ method: "GET", path: "/a" })).toEqual({ status: 200, body: {} });
    expect(sent).toEqual([
      ["/config.json", "", null],
      ["/_local/sign-in", '{"username":"ada@acme.example"}', null],
      ["/a", "", "Bearer one"],
      ["/_local/refresh", '{"refreshToken":"r"}', null],
      ["/a", "", "Bearer two"],
    ]);
  });

  it("says what is wrong", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed")));
    await expect(signIn("ada", { url })).rejects.toThrow(/4711.*nexus-gen dev.*cors_origins/);
    vi.stubGlobal("fetch", () => Promise.resolve(json(401, { message: "wrong password" })));
    await expect(signIn("ada", { url })).rejects.toThrow("401: {\"message\":\"wrong password\"}");
    await expect(absent("ada")).rejects.toThrow("absent from bundles for production");
  });
});
