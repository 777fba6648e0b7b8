import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  type Client,
  type CourseQuery,
  NexusProvider,
  NotFoundError,
  queryKeys,
  StaleItemError,
  UnsendableBodyError,
  useCourse,
  useCourses,
  useCreateCourse,
  useDeleteCourse,
  useEntityList,
  useLessons,
  useRestoreCourse,
  useUpdateCourse,
} from "../package/src/index.js";
import { model } from "../package/src/model.js";
import { problem, StubApi } from "./stub.js";

const PATH = "/education/courses";

configure({ asyncUtilTimeout: 20_000 }); // how long a loaded machine may take

let api: StubApi;
let queries: QueryClient;
beforeEach(() => {
  api = new StubApi();
  queries = new QueryClient();
});
afterEach(() => {
  cleanup();
  queries.clear();
});

/** Run hooks as a component of a signed-in user would. */
function run<T>(hook: () => T, client: Client = api.client()): { readonly result: { current: T } } {
  return renderHook(hook, { wrapper: around(client) });
}

/** What stands around the components of a signed-in user. */
function around(client: Client): (props: { readonly children: ReactNode }) => ReactNode {
  return ({ children }) =>
    createElement(
      QueryClientProvider,
      { client: queries },
      createElement(NexusProvider, { client }, children),
    );
}

/** A way to hold an answer back until the test has looked. */
function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

/** A client whose writes wait for the gate. */
function gatedClient(passed: Promise<void>): Client {
  return api.client({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== "GET") {
        await passed;
      }
      return api.fetch(request);
    },
  });
}

describe("lists", () => {
  it("are fetched page by page, in one list of items", async () => {
    api.seed(PATH, ...["a", "b", "c", "d", "e"].map((title, id) => ({ id, title })));
    const { result } = run(() => useCourses({ limit: 2 }));
    await waitFor(() => {
      expect(result.current.data?.items).toHaveLength(2);
    });
    while (result.current.hasNextPage) {
      await result.current.fetchNextPage();
      await waitFor(() => {
        expect(result.current.isFetchingNextPage).toBe(false);
      });
    }
    expect(result.current.data?.items.map((course) => course.title)).toEqual(
      ["a", "b", "c", "d", "e"], // prettier-ignore
    );
    expect(api.requests.map(({ search }) => search.get("cursor"))).toEqual([null, "2", "4"]);
  });

  it("wait until they are enabled", () => {
    const { result } = run(() => useCourses({}, { enabled: false }));
    expect(result.current.fetchStatus).toBe("idle");
    expect(api.requests).toHaveLength(0);
  });

  it("may go on showing what they showed while another order is fetched", async () => {
    api.seed(PATH, { id: "1", title: "One" });
    const first: CourseQuery = { sort: "created_at" };
    const { result, rerender } = renderHook(
      ({ query }: { query: CourseQuery }) => useCourses(query, { keepPrevious: true }),
      { wrapper: around(api.client()), initialProps: { query: first } },
    );
    await waitFor(() => {
      expect(result.current.isSuccess).toBe(true);
    });
    rerender({ query: { sort: "-created_at" } });
    expect(result.current.isPlaceholderData).toBe(true);
    expect(result.current.data?.items[0]?.title).toBe("One");
    await waitFor(() => {
      expect(result.current.isPlaceholderData).toBe(false);
    });
  });

  it("never show another organization's, user's or parent's while they are fetched", async () => {
    api.seed(`${PATH}/7/lessons`, { id: "1", title: "Secret" });
    let client = api.client();
    const { result, rerender } = renderHook(
      ({ course }) => useLessons(course, {}, { keepPrevious: true }),
      {
        wrapper: ({ children }: { readonly children: ReactNode }) => around(client)({ children }),
        initialProps: { course: "7" },
      },
    );
    for (const [course, scope] of [
      ["7", { organization: "globex" }],
      ["7", { user: "bob" }],
      ["8", {}],
    ] as const) {
      client = api.client();
      rerender({ course: "7" });
      await waitFor(() => {
        expect(result.current.data?.items[0]?.title).toBe("Secret");
      });
      client = api.client(scope);
      rerender({ course });
      expect(result.current.data).toBeUndefined();
    }
  });

  it("of children go to their parent", async () => {
    api.seed(`${PATH}/7/lessons`, { id: "1", title: "One" });
    const { result } = run(() => useLessons("7", { sort: "position" }));
    await waitFor(() => {
      expect(result.current.data?.items).toHaveLength(1);
    });
    expect(api.requests[0]?.path).toBe(`/dev${PATH}/7/lessons`);
  });

  it("work with entities that are known at run time only", async () => {
    api.seed(PATH, { id: "1", title: "One" });
    const entity = model.verticals.education.entities.Course;
    const { result } = run(() => useEntityList(entity, {}, {}));
    await waitFor(() => {
      expect(result.current.data?.items[0]?.["title"]).toBe("One");
    });
  });

  it("show errors of the API without trying by themselves", async () => {
    api.failNext(problem(403, "forbidden"));
    const { result } = run(() => useCourses());
    await waitFor(() => {
      expect(result.current.error).toMatchObject({ status: 403 });
    });
    expect(api.requests).toHaveLength(1);
  });
});

describe("caches", () => {
  it("are apart for each organization and user", async () => {
    api.seed(PATH, { id: "1", title: "Secret" });
    const first = run(() => useCourse("1"));
    await waitFor(() => {
      expect(first.result.current.data?.title).toBe("Secret");
    });
    for (const other of [{ organization: "globex" }, { user: "bob" }]) {
      api.failNext(problem(404, "not_found"));
      const second = run(() => useCourse("1"), api.client(other));
      expect(second.result.current.data).toBeUndefined();
      await waitFor(() => {
        expect(second.result.current.error).toBeInstanceOf(NotFoundError);
      });
    }
  });

  it("keep the very item when the API says that it has not changed", async () => {
    api.seed(PATH, { id: "1", title: "A" });
    const { result } = run(() => useCourse("1"));
    await waitFor(() => {
      expect(result.current.data).toBeDefined();
    });
    const before = result.current.data;
    await result.current.refetch();
    expect(api.requests[1]?.headers.get("if-none-match")).toBe('"1"');
    expect(result.current.data).toBe(before);
  });

  it("fetch nothing while the id is not known", () => {
    const { result } = run(() => useCourse(undefined));
    expect(result.current.fetchStatus).toBe("idle");
    expect(api.requests).toHaveLength(0);
  });
});

describe("a creation", () => {
  it("shows up in lists, and its item needs no fetch", async () => {
    const { result } = run(() => ({ list: useCourses(), create: useCreateCourse() }));
    await waitFor(() => {
      expect(result.current.list.data?.items).toEqual([]);
    });
    const course = await result.current.create.mutateAsync({ title: "New", slug: "new" });
    await waitFor(() => {
      expect(result.current.list.data?.items).toEqual([course]);
    });
    const item = run(() => useCourse(course.id, { staleTime: Infinity }));
    expect(item.result.current.data).toEqual(course);
    expect(api.of("GET").map(({ path }) => path)).toEqual([`/dev${PATH}`, `/dev${PATH}`]);
  });

  it("keeps its key until it succeeded, so that trying again cannot create two", async () => {
    const { result } = run(() => useCreateCourse(), api.client({ retries: 0 }));
    const body = { title: "New", slug: "new" };
    api.failNext(new TypeError("connection reset"), { after: true });
    await expect(result.current.mutateAsync(body)).rejects.toThrow("no answer");
    await result.current.mutateAsync({ ...body });
    await result.current.mutateAsync({ ...body });
    await result.current.mutateAsync({ title: "Other", slug: "other" });
    const keys = api.of("POST").map(({ headers }) => headers.get("idempotency-key"));
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(3);
    const list = run(() => useCourses());
    await waitFor(() => {
      expect(list.result.current.data?.items).toHaveLength(3);
    });
  });
});

describe("a creation on an http:// page of a LAN", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("has its key, though crypto.randomUUID is absent", async () => {
    const { crypto } = globalThis;
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const { result } = run(() => useCreateCourse());
    await result.current.mutateAsync({ title: "New", slug: "new" });
    expect(api.of("POST")[0]?.headers.get("idempotency-key")).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
  });
});

it("a creation whose body cannot be sent says so", async () => {
  const { result } = run(() => useCreateCourse());
  const body = { title: "New", slug: "new", capacity: 1n as unknown as number };
  await expect(result.current.mutateAsync(body)).rejects.toBeInstanceOf(UnsendableBodyError);
  expect(api.requests).toHaveLength(0);
});

describe("a change", () => {
  /** A list and an item on the screen, and a change whose answer waits. */
  async function screen(passed: Promise<void>) {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "Old", level: "advanced" });
    const { result } = run(
      () => ({ list: useCourses(), item: useCourse("1"), update: useUpdateCourse() }),
      gatedClient(passed),
    );
    await waitFor(() => {
      expect(result.current.list.data?.items[0]?.title).toBe("Old");
      expect(result.current.item.data?.title).toBe("Old");
    });
    return { course, result };
  }

  it("is shown at once, in lists and items, with defaults for what is cleared", async () => {
    const { open, passed } = gate();
    const { course, result } = await screen(passed);
    result.current.update.mutate({ item: course, patch: { title: "New", level: null } });
    await waitFor(() => {
      expect(result.current.item.data).toMatchObject({ title: "New", level: "beginner" });
    });
    expect(result.current.list.data?.items[0]?.title).toBe("New");
    expect(result.current.item.data?.version).toBe(1);
    open();
    await waitFor(() => {
      expect(result.current.item.data?.version).toBe(2);
      expect(result.current.list.data?.items[0]?.version).toBe(2);
    });
  });

  it("is taken back when somebody was faster, and their version is shown", async () => {
    const { open, passed } = gate();
    const { course, result } = await screen(passed);
    result.current.update.mutate({ item: course, patch: { title: "Mine" } });
    await waitFor(() => {
      expect(result.current.item.data?.title).toBe("Mine");
    });
    api.seed(PATH, { id: "1", title: "Theirs", version: 2 });
    open();
    await waitFor(() => {
      expect(result.current.update.error).toBeInstanceOf(StaleItemError);
      expect(result.current.item.data).toMatchObject({ title: "Theirs", version: 2 });
      expect(result.current.list.data?.items[0]).toMatchObject({ title: "Theirs" });
    });
    expect(result.current.update.variables).toEqual({ item: course, patch: { title: "Mine" } });
  });

  it("is taken back to what was there before when the API cannot be reached", async () => {
    const { open, passed } = gate();
    const { course, result } = await screen(passed);
    api.failNext(problem(400, "invalid"));
    for (let at = 0; at < 9; at++) {
      api.failNext(problem(403, "forbidden")); // what is fetched afterwards
    }
    result.current.update.mutate({ item: course, patch: { title: "Mine" } });
    await waitFor(() => {
      expect(result.current.item.data?.title).toBe("Mine");
    });
    open();
    await waitFor(() => {
      expect(result.current.update.error).toMatchObject({ status: 400 });
    });
    expect(result.current.item.data?.title).toBe("Old");
    expect(result.current.list.data?.items[0]?.title).toBe("Old");
  });

  it("of an item that is gone forgets it", async () => {
    const { open, passed } = gate();
    const { course, result } = await screen(passed);
    api.failNext(problem(404, "not_found"));
    open();
    await expect(
      result.current.update.mutateAsync({ item: course, patch: { title: "Mine" } }),
    ).rejects.toBeInstanceOf(NotFoundError);
    const key = queryKeys.item(api.client().scope, "education.Course", {}, "1");
    expect(queries.getQueryData(key)).toBeUndefined();
  });
});

describe("a delete", () => {
  it("takes the item out at once, and puts it back if the API refuses", async () => {
    const { open, passed } = gate();
    const [course = expect.fail()] = api.seed(PATH, { id: "1" }, { id: "2" });
    const { result } = run(
      () => ({ list: useCourses(), remove: useDeleteCourse() }),
      gatedClient(passed),
    );
    const ids = (): string[] | undefined => result.current.list.data?.items.map(({ id }) => id);
    await waitFor(() => {
      expect(ids()).toEqual(["1", "2"]);
    });
    result.current.remove.mutate({ ...course, version: 9 });
    await waitFor(() => {
      expect(ids()).toEqual(["2"]);
    });
    open();
    await waitFor(() => {
      expect(result.current.remove.error).toBeInstanceOf(StaleItemError);
      expect(ids()).toEqual(["1", "2"]);
    });
  });

  it("and a restore fetch anew what hangs on the item, and the trash", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1" });
    api.seed(`${PATH}/1/lessons`, { id: "5" });
    const { result } = run(() => ({
      live: useCourses(),
      trash: useCourses({ deleted: true }),
      lessons: useLessons("1"),
      remove: useDeleteCourse(),
      restore: useRestoreCourse(),
    }));
    await waitFor(() => {
      expect(result.current.lessons.data?.items).toHaveLength(1);
      expect(result.current.trash.data?.items).toEqual([]);
      expect(result.current.live.data?.items).toHaveLength(1);
    });
    const fetches = (): number => api.of("GET").filter((r) => r.path.endsWith("lessons")).length;
    expect(fetches()).toBe(1);
    await result.current.remove.mutateAsync(course);
    await waitFor(() => {
      expect(result.current.live.data?.items).toEqual([]);
      expect(result.current.trash.data?.items[0]?.restorable_until).toMatch(/^2026-02-01T/);
      expect(fetches()).toBe(2);
    });
    await result.current.restore.mutateAsync(course);
    await waitFor(() => {
      expect(result.current.live.data?.items[0]?.version).toBe(2);
      expect(result.current.trash.data?.items).toEqual([]);
      expect(fetches()).toBe(3);
    });
  });
});
