import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, expect, it } from "vitest";

import {
  courses,
  createItem,
  NexusProvider,
  StaleItemError,
  updateItem,
  useCourse,
  useCourses,
  useUpdateCourse,
} from "../package/src/index.js";
import { clientOf, fresh } from "./users.js";

const admin = clientOf("admin@org1");
const SLOW = { timeout: 20_000 };

afterEach(cleanup);

/** Run hooks as a page of the signed-in user would. */
function run<T>(hook: () => T): { readonly current: T } {
  const queries = new QueryClient();
  const wrapper = ({ children }: { readonly children: ReactNode }): ReactNode =>
    createElement(
      QueryClientProvider,
      { client: queries },
      createElement(NexusProvider, { client: admin }, children),
    );
  return renderHook(hook, { wrapper }).result;
}

it("a list grows page by page", async () => {
  for (const title of ["a", "b", "c"]) {
    await createItem(admin, courses, {}, { title, slug: fresh("hook"), level: "advanced" });
  }
  const page = run(() => useCourses({ level: "advanced", limit: 2 }));
  await waitFor(() => {
    expect(page.current.data?.items).toHaveLength(2);
  }, SLOW);
  expect(page.current.hasNextPage).toBe(true);
  await page.current.fetchNextPage();
  await waitFor(() => {
    expect(page.current.data?.items.length).toBeGreaterThan(2);
  }, SLOW);
});

it("a change of what somebody else changed is taken back, and theirs is shown", async () => {
  const course = await createItem(admin, courses, {}, { title: "Old", slug: fresh("hook") });
  const page = run(() => ({ item: useCourse(course.id), update: useUpdateCourse() }));
  await waitFor(() => {
    expect(page.current.item.data).toEqual(course);
  }, SLOW);
  await updateItem(admin, courses, {}, course, { title: "Theirs" });
  page.current.update.mutate({ item: course, patch: { title: "Mine" } });
  await waitFor(() => {
    expect(page.current.update.error).toBeInstanceOf(StaleItemError);
    expect(page.current.item.data).toMatchObject({ title: "Theirs", version: 2 });
  }, SLOW);
});
