// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  ApiError,
  AuthenticationError,
  BusyError,
  ConflictError,
  courses,
  createItem,
  deleteItem,
  type EntityDescriptor,
  getItem,
  lessons,
  listItems,
  NetworkError,
  NotFoundError,
  PermissionError,
  restoreItem,
  StaleItemError,
  UnreadableAnswerError,
  UnsendableBodyError,
  updateItem,
  ValidationError,
} from "../package/src/index.js";
import { json, problem, StubApi } from "./stub.js";

const BODY = { title: "Algebra", slug: "algebra" };

let api: StubApi;
beforeEach(() => {
  api = new StubApi();
});

/** The error that a promise rejects with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error,
  );
}

describe("errors", () => {
  it.each([
    [400, "invalid", ValidationError],
    [403, "forbidden", PermissionError],
    [404, "not_found", NotFoundError],
    [409, "conflict", ConflictError],
    [412, "precondition_failed", StaleItemError],
    [500, "internal", ApiError],
  ])("%i is told apart by its class", async (status, code, type) => {
    api.failNext(problem(status, code));
    const error = await failure(getItem(api.client({ retries: 0 }), courses, {}, "1"));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, code, requestId: "r-1", message: `It is ${code}.` });
    expect(error).toMatchObject({ name: type === ApiError ? "ApiError" : type.name });
  });

  it("a stale item is a conflict too", () => {
    const details = { status: 412, code: "x", detail: "y", errors: [] };
    const error = new StaleItemError({ ...details, requestId: undefined, retryAfter: undefined });
    expect(error).toBeInstanceOf(ConflictError);
  });

  it("field errors are found by their pointer, members below it included", async () => {
    const title = { pointer: "/title", code: "required", detail: "A value is required." };
    const url = { pointer: "/attachments/0/url", code: "url", detail: "No URL." };
    const decoy = { pointer: "/attachments_note", code: "x", detail: "y" };
    api.failNext(problem(400, "invalid", [title, url, decoy, { nonsense: true }]));
    const error = await failure(createItem(api.client(), courses, {}, BODY));
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ApiError).errors).toEqual([title, url, decoy]);
    expect((error as ApiError).errorsAt("/attachments")).toEqual([url]);
  });

  it("the gateway's own form is understood", async () => {
    api.failNext(json(403, { message: "Missing Authentication Token" }));
    const error = await failure(getItem(api.client(), courses, {}, "1"));
    expect(error).toBeInstanceOf(PermissionError);
    expect(error).toMatchObject({ code: "http_403", message: "Missing Authentication Token" });
  });

  it("an answer that is no JSON still gives an error with its status", async () => {
    api.failNext(new Response("<html>", { status: 500 }));
    const error = await failure(getItem(api.client({ retries: 0 }), courses, {}, "1"));
    expect(error).toMatchObject({ status: 500, code: "http_500", errors: [] });
  });

  const html = { headers: { "content-type": "text/html" } };
  it.each([
    ["a page", new Response(`<html>${"x".repeat(300)}`, html), "text/html", `<html>${"x".repeat(194)}`],
    ["nothing", new Response(null, { status: 200 }), undefined, ""],
    ["half of it", new Response('{"items": ['), "text/plain;charset=UTF-8", '{"items": ['],
  ])("%s for an answer is shown", async (_, answer, contentType, beginning) => {
    api.failNext(answer);
    const error = await failure(listItems(api.client(), courses, {}, {}));
    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error).toMatchObject({ status: 200, contentType, beginning });
    expect(String(error)).toContain(contentType ?? "empty");
    expect(api.requests).toHaveLength(1);
  });

  const circle: Record<string, unknown> = { name: "a" };
  circle["in/side"] = [circle];
  it.each([
    ["a BigInt", { title: "a", more: [{}, { seats: 1n }] }, "/more/1/seats", /BigInt/],
    ["a circle", circle, "/in~1side/0", /circular/i],
    ["NaN, which would clear a field", { capacity: Number.NaN }, "/capacity", /NaN/],
    ["a date that is none, as well", { starts_on: new Date(Number.NaN) }, "/starts_on", /invalid date/],
    ["no value", undefined, "", /undefined/],
  ])("%s is not sent, and named", async (_, body, pointer, reason) => {
    const tokens = vi.fn(() => "t");
    const client = api.client({ getToken: tokens });
    const error = await failure(createItem(client, courses, {}, body as never));
    expect(error).toBeInstanceOf(UnsendableBodyError);
    expect(error).toMatchObject({ pointer, message: expect.stringMatching(reason) as unknown });
    const patch = updateItem(client, courses, {}, { id: "1", version: 1 }, body as never);
    expect(await failure(patch)).toBeInstanceOf(UnsendableBodyError);
    expect(api.requests).toHaveLength(0);
    expect(tokens).not.toHaveBeenCalled();
  });

  it("an aborted request fails with the reason of its signal", async () => {
    const controller = new AbortController();
    controller.abort(new Error("left the page"));
    const listing = listItems(api.client(), courses, {}, {}, { signal: controller.signal });
    expect(await failure(listing)).toMatchObject({ message: "left the page" });
  });
});

describe("the token", () => {
  it("is asked for anew once when the API refuses it, and the request is sent again", async () => {
    api.failNext(json(401, { message: "Unauthorized" }));
    const course = await createItem(api.client(), courses, {}, BODY);
    expect(course.title).toBe("Algebra");
    const [first, second] = api.requests;
    expect(first?.headers.get("authorization")).toBe("Bearer token-1");
    expect(second?.headers.get("authorization")).toBe("Bearer token-2");
    const key = first?.headers.get("idempotency-key");
    expect(key).toMatch(/^[!-~]{1,255}$/);
    expect(second?.headers.get("idempotency-key")).toBe(key);
  });

  it("is not asked for a third time", async () => {
    api.failNext(json(401, {}));
    api.failNext(json(401, {}));
    const error = await failure(getItem(api.client(), courses, {}, "1"));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(api.requests).toHaveLength(2);
  });
});

describe("repetition", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** Let a promise settle, whatever it waits for. */
  async function settled(promise: Promise<unknown>): Promise<unknown> {
    const outcome = promise.then(
      (value) => value,
      (error: unknown) => error,
    );
    await vi.runAllTimersAsync();
    return outcome;
  }

  const lost = (): Error => new TypeError("connection reset");
  const writes = {
    update: (): Promise<unknown> =>
      updateItem(api.client(), courses, {}, { id: "1", version: 1 }, { title: "B" }),
    delete: (): Promise<unknown> => deleteItem(api.client(), courses, {}, { id: "1", version: 1 }),
  };

  it("reads are sent again after a lost answer", async () => {
    api.seed("/education/courses", { id: "1" });
    api.failNext(lost());
    api.failNext(problem(502, "bad_gateway"));
    expect(await settled(getItem(api.client(), courses, {}, "1"))).toMatchObject({ id: "1" });
    expect(api.requests).toHaveLength(3);
  });

  it("a creation whose answer was lost is sent again and creates one item", async () => {
    api.failNext(lost(), { after: true });
    expect(await settled(createItem(api.client(), courses, {}, BODY))).toMatchObject(BODY);
    const { items } = await listItems(api.client(), courses, {}, {});
    expect(items).toHaveLength(1);
  });

  it.each(["update", "delete"] as const)(
    "%s is not sent again after a lost answer",
    async (write) => {
      api.seed("/education/courses", { id: "1" });
      api.failNext(lost(), { after: true });
      expect(await settled(writes[write]())).toBeInstanceOf(NetworkError);
      expect(api.requests).toHaveLength(1);
    },
  );

  it.each(["update", "delete"] as const)(
    "%s is sent again when nothing was decided about it",
    async (write) => {
      api.seed("/education/courses", { id: "1" });
      api.failNext(problem(429, "throttled", [], { "retry-after": "3" }));
      const before = Date.now();
      await settled(writes[write]());
      expect(api.requests).toHaveLength(2);
      expect(Date.now() - before).toBe(3000);
    },
  );

  it.each(["update", "delete"] as const)(
    "%s is not sent again when the gateway lost its answer",
    async (write) => {
      api.seed("/education/courses", { id: "1" });
      api.failNext(problem(504, "timeout"), { after: true });
      expect(await settled(writes[write]())).toMatchObject({ status: 504 });
      expect(api.requests).toHaveLength(1);
    },
  );

  it("it ends, with the seconds that the API asked for", async () => {
    for (let at = 0; at < 3; at++) {
      api.failNext(problem(503, "unavailable", [], { "retry-after": "2" }));
    }
    const error = await settled(getItem(api.client(), courses, {}, "1"));
    expect(error).toBeInstanceOf(BusyError);
    expect(error).toMatchObject({ retryAfter: 2 });
    expect(api.requests).toHaveLength(3);
  });

  it.each([400, 403, 404, 409, 412, 500])("never after %i", async (status) => {
    api.failNext(problem(status, "no"));
    await settled(getItem(api.client(), courses, {}, "1"));
    expect(api.requests).toHaveLength(1);
  });

  it("no answer in time is a network error", async () => {
    const never: typeof fetch = (input, init) =>
      new Promise((_, reject) => {
        const signal = init?.signal ?? (input as Request).signal;
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      });
    const client = api.client({ fetch: never, timeout: 1000 });
    expect(await settled(getItem(client, courses, {}, "1"))).toBeInstanceOf(NetworkError);
  });
});

describe("what is sent", () => {
  it("ids are escaped in paths, and empty ones refused", async () => {
    await getItem(api.client(), lessons, { course_id: "a/b?c" }, "x#y");
    expect(api.requests[0]?.path).toBe("/dev/education/courses/a/b?c/lessons/x#y");
    expect(api.requests[0]?.search.size).toBe(0);
    await expect(getItem(api.client(), lessons, { course_id: "" }, "1")).rejects.toThrow("course_id");
    expect(api.requests).toHaveLength(1);
  });

  it("what a prototype has is no parameter", async () => {
    const path = "/a/{constructor}";
    const paths = { collection: path, item: path };
    const entity: EntityDescriptor = { ...(courses as object as EntityDescriptor), paths };
    await expect(listItems(api.client(), entity, {}, {})).rejects.toThrow("needs constructor");
    await listItems(api.client(), entity, { constructor: "b" }, { toString: "c" });
    expect(api.requests.map(({ path }) => path)).toEqual(["/dev/a/b"]);
    expect(Object.fromEntries(api.requests[0]?.search ?? [])).toEqual({ toString: "c" });
  });

  it("a creation is told from others on a page that has no randomUUID", async () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    await createItem(api.client(), courses, {}, BODY);
    await createItem(api.client(), courses, {}, BODY);
    vi.unstubAllGlobals();
    const keys = api.requests.map(({ headers }) => headers.get("idempotency-key") ?? "");
    for (const key of keys) {
      expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
    expect(new Set(keys).size).toBe(2);
  });

  it("a list carries its filters, order, size and cursor, and nothing undefined", async () => {
    const query = { level: "beginner", sort: "-starts_on", limit: 5 } as const;
    await listItems(api.client(), courses, {}, query, { cursor: "c+/=" });
    expect(Object.fromEntries(api.requests[0]?.search ?? [])).toEqual({
      level: "beginner",
      sort: "-starts_on",
      limit: "5",
      cursor: "c+/=",
    });
    await listItems(api.client(), courses, {}, {});
    expect(api.requests[1]?.search.size).toBe(0);
  });

  it("a change is a merge patch of the version that was read", async () => {
    const [course] = api.seed("/education/courses", { id: "1", version: 7 });
    const changed = await updateItem(api.client(), courses, {}, course ?? expect.fail(), {
      summary: null,
    });
    expect(changed.version).toBe(8);
    const [request] = api.requests;
    expect(request?.headers.get("if-match")).toBe('"7"');
    expect(request?.headers.get("content-type")).toBe("application/merge-patch+json");
    expect(request?.body).toEqual({ summary: null });
  });

  it("an item that is known and has not changed is given back as it is", async () => {
    api.seed("/education/courses", { id: "1", title: "A" });
    const client = api.client();
    const first = await getItem(client, courses, {}, "1");
    expect(await getItem(client, courses, {}, "1", { known: first })).toBe(first);
    api.seed("/education/courses", { id: "1", title: "B", version: 2 });
    const changed = await getItem(client, courses, {}, "1", { known: first });
    expect(changed.title).toBe("B");
  });

  it("a deleted item comes back a version later", async () => {
    const [course = expect.fail()] = api.seed("/education/courses", { id: "1" });
    const client = api.client();
    await deleteItem(client, courses, {}, course);
    expect(await failure(getItem(client, courses, {}, "1"))).toBeInstanceOf(NotFoundError);
    expect(await restoreItem(client, courses, {}, course)).toMatchObject({ id: "1", version: 2 });
    expect(api.of("POST")[0]?.path).toBe("/dev/education/courses/1/restore");
  });
});
