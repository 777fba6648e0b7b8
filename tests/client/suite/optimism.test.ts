/** What a screen shows, frame by frame, while several writes are under way. Time is simulated. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  type Client,
  type Course,
  type CoursePatch,
  type ItemVersion,
  NexusProvider,
  NotFoundError,
  queryKeys,
  StaleItemError,
  useCourse,
  useCourses,
  useDeleteCourse,
  useRestoreCourse,
  useUpdateCourse,
} from "../package/src/index.js";
import { problem, StubApi } from "./stub.js";

const PATH = "/education/courses";
const ITEM_1 = `/dev${PATH}/1`;

/** Milliseconds that a request takes to reach the API, and its answer to come back. */
interface Way {
  readonly there: number;
  readonly back: number;
}

let api: StubApi;
let queries: QueryClient;
/** How long the next requests take, by method; every other takes 50 ms each way. */
let ways: Map<string, Way[]>;

beforeEach(() => {
  vi.useFakeTimers();
  api = new StubApi();
  queries = new QueryClient();
  ways = new Map();
});
afterEach(() => {
  cleanup();
  queries.clear();
  vi.useRealTimers();
});

function slowly(method: string, ...those: readonly Way[]): void {
  ways.set(method, [...(ways.get(method) ?? []), ...those]);
}

function slowClient(): Client {
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return api.client({
    retries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { there, back } = ways.get(request.method)?.shift() ?? { there: 50, back: 50 };
      await wait(there);
      const answer = await api.fetch(request);
      await wait(back);
      return answer;
    },
  });
}

/** Let time pass, with all that happens in it. */
async function pass(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

/** Do what a person does at one moment. */
function press(button: () => void): void {
  act(() => {
    button();
  });
}

/** A page with a list, its trash and one course; `frames` are the different lists it has shown. */
async function screen(show: (course: Course) => string) {
  const frames: string[] = [];
  const client = slowClient();
  const { result } = renderHook(
    () => {
      const list = useCourses();
      const shown = list.data?.items.map(show).join("");
      if (shown !== undefined && shown !== frames.at(-1)) {
        frames.push(shown);
      }
      return {
        list,
        item: useCourse("1"),
        update: useUpdateCourse(),
        other: useUpdateCourse(),
        remove: useDeleteCourse(),
        restore: useRestoreCourse(),
      };
    },
    {
      wrapper: ({ children }: { readonly children: ReactNode }) =>
        createElement(
          QueryClientProvider,
          { client: queries },
          createElement(NexusProvider, { client }, children),
        ),
    },
  );
  await pass(200);
  const change = (item: ItemVersion, patch: CoursePatch): void => {
    press(() => {
      result.current.update.mutate({ item, patch });
    });
  };
  return { change, frames, result };
}

const id = (course: Course): string => course.id;
const title = (course: Course): string => String(course.title);
const levelled = (course: Course): string => `${title(course)}/${String(course.level)}`;

function versionsSent(method: string): (string | null)[] {
  return api.of(method).map(({ headers }) => headers.get("if-match"));
}

describe("two writes at once", () => {
  it("of two items go forth only: `aa ba bb`", async () => {
    const [first = expect.fail(), second = expect.fail()] = api.seed(
      PATH,
      { id: "1", title: "a" },
      { id: "2", title: "a" },
    );
    const { change, frames, result } = await screen(title);
    change(first, { title: "b" });
    await pass(30);
    press(() => {
      result.current.other.mutate({ item: second, patch: { title: "b" } });
    });
    await pass(2000);
    expect(frames).toEqual(["aa", "ba", "bb"]);
  });

  it("of two items, the second answered first", async () => {
    const [first = expect.fail(), second = expect.fail()] = api.seed(
      PATH,
      { id: "1", title: "a" },
      { id: "2", title: "a" },
    );
    const { change, frames } = await screen(title);
    slowly("PATCH", { there: 50, back: 900 }, { there: 10, back: 10 });
    change(first, { title: "b" });
    await pass(30);
    change(second, { title: "b" });
    await pass(3000);
    expect(frames).toEqual(["aa", "ba", "bb"]);
  });

  it("deletions go forth only: `abc bc c`", async () => {
    const [a = expect.fail(), b = expect.fail()] = api.seed(
      PATH,
      { id: "1", title: "a" },
      { id: "2", title: "b" },
      { id: "3", title: "c" },
    );
    const { frames, result } = await screen(title);
    slowly("DELETE", { there: 10, back: 500 }, { there: 50, back: 50 });
    press(() => {
      result.current.remove.mutate(a);
    });
    await pass(30);
    press(() => {
      result.current.remove.mutate(b);
    });
    await pass(3000);
    expect(frames).toEqual(["abc", "bc", "c"]);
  });

  it("the one that fails is taken back, the other stays", async () => {
    const [first = expect.fail(), second = expect.fail()] = api.seed(
      PATH,
      { id: "1", title: "a" },
      { id: "2", title: "a" },
    );
    const { change, frames, result } = await screen(title);
    slowly("PATCH", { there: 50, back: 50 }, { there: 100, back: 900 });
    api.failNext(problem(400, "invalid"));
    change(first, { title: "b" });
    await pass(10);
    press(() => {
      result.current.other.mutate({ item: second, patch: { title: "b" } });
    });
    await pass(3000);
    expect(frames).toEqual(["aa", "ba", "bb", "ab"]);
    expect(result.current.update.error).toMatchObject({ status: 400 });
  });
});

describe("one's own writes to one item", () => {
  it("go out in order, each with the version that the one before brought", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a", level: "beginner" });
    const { change, frames, result } = await screen(levelled);
    change(course, { title: "b" });
    await pass(30);
    press(() => {
      result.current.other.mutate({ item: course, patch: { level: "advanced" } });
    });
    await pass(10);
    expect(api.of("PATCH")).toHaveLength(0); // on its way
    await pass(2000);
    expect(versionsSent("PATCH")).toEqual(['"1"', '"2"']);
    expect(result.current.other.error).toBeNull();
    expect(frames).toEqual(["a/beginner", "b/beginner", "b/advanced"]);
    expect(result.current.item.data).toMatchObject({ title: "b", level: "advanced", version: 3 });
  });

  it("may start from the version before one's own", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, result } = await screen(title);
    for (const next of ["b", "c", "d"]) {
      change(course, { title: next });
      await pass(1000); // answered, and the form still holds the item as it was opened
    }
    expect(versionsSent("PATCH")).toEqual(['"1"', '"2"', '"3"']);
    expect(result.current.item.data?.title).toBe("d");
  });

  it("do not write over somebody else's", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, frames, result } = await screen(title);
    change(course, { title: "b" });
    await pass(1000);
    api.seed(PATH, { id: "1", title: "theirs", version: 3 });
    press(() => {
      result.current.other.mutate({ item: course, patch: { title: "c" } });
    });
    await pass(2000);
    expect(versionsSent("PATCH")).toEqual(['"1"', '"2"']);
    expect(result.current.other.error).toBeInstanceOf(StaleItemError);
    expect(frames).toEqual(["a", "b", "c", "b", "theirs"]);
  });

  it("go on after one that failed, from the version that is there", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a", level: "beginner" });
    const { change, frames, result } = await screen(levelled);
    api.failNext(problem(400, "invalid"));
    change(course, { title: "b" });
    press(() => {
      result.current.other.mutate({ item: course, patch: { level: "advanced" } });
    });
    await pass(2000);
    expect(versionsSent("PATCH")).toEqual(['"1"', '"1"']);
    expect(frames).toEqual(["a/beginner", "b/beginner", "b/advanced", "a/advanced"]);
  });

  it("end with its deletion, of the version that they brought", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, frames, result } = await screen(title);
    change(course, { title: "b" });
    press(() => {
      result.current.remove.mutate(course);
    });
    await pass(2000);
    expect(versionsSent("DELETE")).toEqual(['"2"']);
    expect(frames).toEqual(["a", "b", ""]);
  });

  it("may undo a deletion that is under way", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { frames, result } = await screen(title);
    press(() => {
      result.current.remove.mutate(course);
    });
    await pass(30);
    press(() => {
      result.current.restore.mutate(course);
    });
    await pass(2000);
    expect(result.current.restore.error).toBeNull();
    expect(frames).toEqual(["a", "", "a"]);
  });
});

describe("a read that is older than a write", () => {
  it("and answered after it does not bring the old value back", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, frames, result } = await screen(title);
    slowly("GET", { there: 10, back: 600 }, { there: 10, back: 600 });
    press(() => void result.current.list.refetch());
    press(() => void result.current.item.refetch());
    await pass(20); // read, and on their way back
    change(course, { title: "b" });
    await pass(300);
    expect(result.current.update.isSuccess).toBe(true);
    slowly("GET", { there: 5000, back: 0 }); // what is fetched after the write
    await pass(500);
    expect(result.current.item.data).toMatchObject({ title: "b", version: 2 });
    expect(result.current.list.data?.items[0]).toMatchObject({ title: "b", version: 2 });
    await pass(9000);
    expect(frames).toEqual(["a", "b"]);
  });

  it("from an index that lags behind neither", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, frames, result } = await screen(title);
    change(course, { title: "b" });
    await pass(90); // changed; its answer is about to come
    expect(result.current.update.isSuccess).toBe(false);
    api.seed(PATH, { id: "1", title: "a", version: 1 }); // the index, for a while
    await pass(500);
    expect(result.current.list.data?.items[0]).toMatchObject({ title: "b", version: 2 });
    expect(frames).toEqual(["a", "b"]);
  });

  it("does not bring a deleted item back, but a restored one comes back", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { frames, result } = await screen(id);
    press(() => {
      result.current.remove.mutate(course);
    });
    await pass(90);
    api.seed(PATH, { id: "1", title: "a", version: 1 }); // the index, for a while
    await pass(500);
    expect(result.current.remove.isSuccess).toBe(true);
    expect(frames).toEqual(["1", ""]);
    api.seed(PATH, { id: "1", title: "a", version: 2 }); // somebody restored it
    press(() => void result.current.list.refetch());
    await pass(500);
    expect(frames).toEqual(["1", "", "1"]);
  });

  it("is the write's own answer, where somebody else's was read meanwhile", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a", level: "beginner" });
    const { change, frames, result } = await screen(levelled);
    slowly("PATCH", { there: 50, back: 900 });
    change(course, { title: "b" });
    await pass(100); // changed
    api.seed(PATH, { id: "1", title: "b", level: "advanced", version: 3 });
    press(() => void result.current.list.refetch());
    press(() => void result.current.item.refetch());
    await pass(200);
    slowly("GET", { there: 5000, back: 0 });
    await pass(1000);
    expect(result.current.update.isSuccess).toBe(true);
    expect(result.current.item.data).toMatchObject({ level: "advanced", version: 3 });
    expect(frames).toEqual(["a/beginner", "b/beginner", "b/advanced"]);
  });

  it("gives way to a newer one of somebody else's", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, frames, result } = await screen(title);
    change(course, { title: "b" });
    await pass(1000);
    api.seed(PATH, { id: "1", title: "theirs", version: 3 });
    press(() => void result.current.list.refetch());
    await pass(1000);
    expect(frames).toEqual(["a", "b", "theirs"]);
  });
});

describe("afterwards", () => {
  it("lists are fetched once for writes that overlapped", async () => {
    const courses = api.seed(PATH, { id: "1" }, { id: "2" }, { id: "3" });
    const { result } = await screen(id);
    const before = api.of("GET").length;
    for (const item of courses) {
      press(() => {
        result.current.update.mutate({ item, patch: { title: "b" } });
      });
      await pass(80);
    }
    await pass(2000);
    expect(api.of("GET").slice(before).map(({ path }) => path)).toEqual([`/dev${PATH}`]);
  });

  it("an item that is gone for the API is gone in the list", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change, frames, result } = await screen(title);
    slowly("GET", { there: 5000, back: 0 });
    api.failNext(problem(404, "not_found"));
    change(course, { title: "b" });
    await pass(500);
    expect(result.current.update.error).toBeInstanceOf(NotFoundError);
    expect(frames).toEqual(["a", "b", ""]);
  });

  it("an item that was fetched when it was first shown is not fetched again", async () => {
    const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
    const { change } = await screen(title);
    change(course, { title: "b" });
    await pass(1000);
    expect(api.of("GET").filter(({ path }) => path === ITEM_1)).toHaveLength(1);
    const key = queryKeys.item(api.client().scope, "education.Course", {}, "1");
    expect(queries.getQueryData(key)).toMatchObject({ title: "b", version: 2 });
  });
});
