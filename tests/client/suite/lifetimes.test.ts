/** Writes that outlive what began them: another user, other parents, no network, a lost answer. */

import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactElement, type ReactNode } from "react";
import { afterEach, beforeEach, expect, it } from "vitest";

import {
  type Client,
  type CourseCreate,
  type LessonCreate,
  NexusProvider,
  useCourse,
  useCourses,
  useCreateCourse,
  useCreateLesson,
  useDeleteCourse,
  useLessons,
  useRestoreCourse,
  useUpdateCourse,
  useUpdateLesson,
} from "../package/src/index.js";
import { problem, StubApi } from "./stub.js";

const PATH = "/education/courses";

let api: StubApi;
let queries: QueryClient;
/** Lets the writes that wait go on, in the order in which they came. */
let release: (() => void)[];
let holding: boolean;
/** Who is signed in. */
let client: Client;

beforeEach(() => {
  api = new StubApi();
  queries = new QueryClient();
  release = [];
  holding = false;
  client = clientOf("ada");
});
afterEach(() => {
  onlineManager.setOnline(true);
  cleanup();
  queries.clear();
});

function clientOf(user: string): Client {
  return api.client({
    user,
    getToken: () => user,
    retries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (holding && request.method !== "GET") {
        await new Promise<void>((resolve) => release.push(resolve));
      }
      return api.fetch(request);
    },
  });
}

function wrapper({ children }: { readonly children: ReactNode }): ReactElement {
  const inner = createElement(NexusProvider, { client }, children);
  return createElement(QueryClientProvider, { client: queries }, inner);
}

const useScreen = () => ({
  list: useCourses(),
  item: useCourse("1"),
  update: useUpdateCourse(),
  remove: useDeleteCourse(),
  restore: useRestoreCourse(),
});

async function screen() {
  const [course = expect.fail()] = api.seed(PATH, { id: "1", title: "a" });
  const shown = renderHook(useScreen, { wrapper });
  await waitFor(() => {
    expect([shown.result.current.list.isSuccess, shown.result.current.item.isSuccess]).toEqual([
      true,
      true,
    ]);
  });
  return { ...shown, course };
}

it("a write that changes nothing brings no version, and the next goes out", async () => {
  const { result, course } = await screen();
  await act(() => result.current.update.mutateAsync({ item: course, patch: { title: "a" } }));
  await act(() => result.current.update.mutateAsync({ item: course, patch: { title: "b" } }));
  expect(api.of("PATCH").map(({ headers }) => headers.get("if-match"))).toEqual(['"1"', '"1"']);
});

it("an item by itself keeps its change when its deletion is under way too", async () => {
  const { result, course } = await screen();
  holding = true;
  act(() => {
    result.current.update.mutate({ item: course, patch: { title: "b" } });
    result.current.remove.mutate(course);
  });
  await waitFor(() => {
    expect(result.current.list.data?.items).toEqual([]);
  });
  expect(result.current.item.data?.title).toBe("b");
});

it("a restored item is shown where the index still has the one before its deletion", async () => {
  const { result, course } = await screen();
  await act(() => result.current.remove.mutateAsync(course));
  await act(() => result.current.restore.mutateAsync(course));
  api.seed(PATH, { ...course });
  const { data } = await act(() => result.current.list.refetch());
  expect(data?.items).toMatchObject([{ id: "1", version: 2 }]);
});

it("a write that waits for the network is sent as who wrote it", async () => {
  const { result, rerender, course } = await screen();
  onlineManager.setOnline(false);
  act(() => {
    result.current.update.mutate({ item: course, patch: { title: "b" } });
  });
  await waitFor(() => {
    expect(result.current.list.data?.items[0]?.title).toBe("b");
  });
  client = clientOf("bob");
  rerender();
  expect(result.current.update.isPending).toBe(false);
  act(() => {
    onlineManager.setOnline(true);
  });
  await waitFor(() => {
    expect(api.of("PATCH").map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer ada",
    ]);
  });
});

it("a write below a parent ends there, though its component went on to another", async () => {
  const [lesson = expect.fail()] = api.seed(`${PATH}/1/lessons`, { id: "7", title: "a" });
  const { result, rerender } = renderHook(
    ({ course }) => ({ first: useLessons("1"), update: useUpdateLesson(course) }),
    { wrapper, initialProps: { course: "1" } },
  );
  await waitFor(() => {
    expect(result.current.first.isSuccess).toBe(true);
  });
  holding = true;
  act(() => {
    result.current.update.mutate({ item: lesson, patch: { title: "b" } });
  });
  await waitFor(() => {
    expect(release).toHaveLength(1);
  });
  rerender({ course: "2" });
  expect(result.current.first.data?.items[0]?.title).toBe("b");
  api.failNext(problem(400, "invalid"));
  release[0]?.();
  await waitFor(() => {
    expect(result.current.first.data?.items[0]?.title).toBe("a");
  });
});

it("a change whose answer was lost is not sent again, whatever an app's defaults say", async () => {
  queries.setDefaultOptions({ mutations: { retry: 2, retryDelay: 0 } });
  const { result, course } = await screen();
  api.failNext(new TypeError("lost"), { after: true });
  const sent = result.current.update.mutateAsync({ item: course, patch: { title: "b" } });
  await act(() => expect(sent).rejects.toMatchObject({ name: "NetworkError" }));
  expect(api.of("PATCH")).toHaveLength(1);
});

function keysOf(title: string): (string | null)[] {
  const those = api.of("POST").filter(({ body }) => (body as { title: string }).title === title);
  return those.map(({ headers }) => headers.get("idempotency-key"));
}

it("a creation that is repeated has its key, though another succeeded meanwhile", async () => {
  const { result } = renderHook(() => useCreateCourse(), { wrapper });
  const lost: CourseCreate = { title: "lost", slug: "lost" };
  const other: CourseCreate = { title: "other", slug: "other" };
  api.failNext(new TypeError("lost"), { after: true });
  await act(() => expect(result.current.mutateAsync(lost)).rejects.toThrow());
  await act(() => result.current.mutateAsync(other));
  await act(() => result.current.mutateAsync(lost));
  const [first, again] = keysOf("lost");
  expect(again).toBe(first);
  await act(() => result.current.mutateAsync(lost)); // one more of the kind
  expect(keysOf("lost")[2]).not.toBe(first);
});

it("the same creation below another parent has a key of its own", async () => {
  const { result, rerender } = renderHook(({ course }) => useCreateLesson(course), {
    wrapper,
    initialProps: { course: "1" },
  });
  const lesson: LessonCreate = { title: "a", position: 1 };
  api.failNext(new TypeError("lost"));
  await act(() => expect(result.current.mutateAsync(lesson)).rejects.toThrow());
  rerender({ course: "2" });
  await act(() => result.current.mutateAsync(lesson));
  const [below1, below2] = keysOf("a");
  expect(below2).not.toBe(below1);
});
