/** A page as a frontend has it: a list whose rows are renamed, raised and deleted by a click. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createElement, type ReactElement } from "react";
import { createRoot } from "react-dom/client";

import {
  type Course,
  createClient,
  NexusProvider,
  useCourses,
  useDeleteCourse,
  useUpdateCourse,
} from "../package/src/index.js";

declare global {
  interface Window {
    /** What the test gives. */
    given: { apiUrl: string; token: string };
    /** Every list that was on the screen, in order. */
    shown: string[];
  }
}

const { apiUrl, token } = window.given;
const client = createClient({
  apiUrl,
  organization: "acme",
  user: "admin",
  getToken: () => token,
});

function Row({ course }: { readonly course: Course }): ReactElement {
  const rename = useUpdateCourse();
  const raise = useUpdateCourse();
  const remove = useDeleteCourse();
  const clicks = {
    rename: () => {
      rename.mutate({ item: course, patch: { title: (course.title ?? "").toUpperCase() } });
    },
    raise: () => {
      raise.mutate({ item: course, patch: { level: "advanced" } });
    },
    delete: () => {
      remove.mutate(course);
    },
  };
  const buttons = Object.entries(clicks).map(([name, onClick]) =>
    createElement("button", { key: name, onClick }, name),
  );
  const failed = rename.isError || raise.isError || remove.isError;
  return createElement("li", { "data-failed": failed }, buttons);
}

function List(): ReactElement {
  const { data } = useCourses({ sort: "created_at" });
  const courses = data?.items ?? [];
  const frame = courses.map(({ title, level }) => `${title ?? ""}:${level ?? ""}`).join(" ");
  if (data !== undefined && frame !== window.shown.at(-1)) {
    window.shown.push(frame);
  }
  return createElement(
    "ul",
    null,
    courses.map((course) => createElement(Row, { key: course.id, course })),
  );
}

window.shown = [];
createRoot(document.body.appendChild(document.createElement("main"))).render(
  createElement(
    QueryClientProvider,
    { client: new QueryClient() },
    createElement(NexusProvider, { client }, createElement(List)),
  ),
);
