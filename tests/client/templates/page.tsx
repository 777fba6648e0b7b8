/** A page that uses all that the client exports for pages, with optional members left to their flags. */

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  ApiError,
  type ClientError,
  type Course,
  courses,
  createClient,
  createItem,
  type EntityDescriptor,
  getItem,
  listItems,
  loadConfig,
  NexusProvider,
  StaleItemError,
  UnreadableAnswerError,
  useCourse,
  useCourses,
  useCreateCourse,
  useDeleteCourse,
  useEntityList,
  useLessons,
  useRestoreCourse,
  useUpdateCourse,
} from "ai-nexus-client";
import { signIn } from "ai-nexus-client/local";
import { model } from "ai-nexus-client/model";
import type { ReactNode } from "react";

const { apiUrl } = await loadConfig();
const client = createClient({
  apiUrl,
  organization: "acme",
  user: "ada",
  getToken: ({ refresh }) => (refresh ? "new" : "old"),
});

export const { roles } = await signIn("admin@acme.example", { url: apiUrl });

export async function read(signal?: AbortSignal): Promise<readonly Course[]> {
  const page = await listItems(client, courses, {}, { level: "beginner" }, { signal });
  const known = page.items[0];
  const one = await getItem(client, courses, {}, "1", { known, signal });
  return [one, await createItem(client, courses, {}, { title: "a", slug: "b", summary: null })];
}

export function Page(props: { readonly id?: string; readonly children?: ReactNode }): ReactNode {
  const list = useCourses({ sort: "-created_at", limit: 5 }, { keepPrevious: true });
  const one = useCourse(props.id, { staleTime: 1000 });
  const create = useCreateCourse();
  const update = useUpdateCourse();
  const remove = useDeleteCourse();
  const restore = useRestoreCourse();
  const lessons = useLessons("1", { sort: "position" });
  const entity: EntityDescriptor = model.verticals.education.entities.Lesson;
  const generic = useEntityList(entity, { course_id: "1" }, { limit: 1 });
  return (
    <QueryClientProvider client={new QueryClient()}>
      <NexusProvider client={client}>
        {list.data?.items.map((item) => (
          <p key={item.id}>
            {item.title} {item.price}
            <button onClick={() => update.mutate({ item, patch: { level: "advanced", summary: null } })} />
            <button onClick={() => remove.mutate(item, { onSuccess: () => restore.mutate(item) })} />
          </p>
        ))}
        <button onClick={() => create.mutate({ title: "a", slug: "b" })}>{said(create.error)}</button>
        {one.data?.level} {lessons.data?.items.length} {String(generic.data?.items[0]?.["title"])}
        {props.children}
      </NexusProvider>
    </QueryClientProvider>
  );
}

function said(error: ClientError | null): string | undefined {
  if (error instanceof StaleItemError) {
    return "Somebody else was faster.";
  }
  if (error instanceof ApiError) {
    return error.errorsAt("/title")[0]?.detail;
  }
  return error instanceof UnreadableAnswerError ? error.beginning : error?.message;
}
