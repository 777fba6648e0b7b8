import {
  type CreateResult,
  type DeleteResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  type RestoreResult,
  type UpdateResult,
  useCreate,
  useDelete,
  useEntity,
  useEntityList,
  useRestore,
  useUpdate,
} from "../../core/index.js";

/** The words of a notification in one language and for one channel. */
export interface Template {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  slug: string | null;
  topic: string | null;
  channel: "app" | "email" | "push" | "sms" | null;
  language: string | null;
  subject: string | null;
  body: string | null;
  variables: Record<string, string> | null;
  enabled: boolean | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
  /** When it was deleted; only in the list of the trash. */
  deleted_at?: string | null;
  /** Until when it can be restored; only in the list of the trash. */
  restorable_until?: string | null;
}

/** What a template is created from. */
export interface TemplateCreate {
  name: string;
  slug: string;
  topic: string;
  channel: "app" | "email" | "push" | "sms";
  language?: string | null;
  subject?: string | null;
  body: string;
  variables?: Record<string, string> | null;
  enabled?: boolean | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface TemplatePatch {
  name?: string;
  topic?: string;
  channel?: "app" | "email" | "push" | "sms";
  language?: string | null;
  subject?: string | null;
  body?: string;
  variables?: Record<string, string | null> | null;
  enabled?: boolean | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type TemplateQuery = { limit?: number } & (
  | {
      topic?: never;
      channel?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at" | "name" | "-name";
    }
  | {
      topic: string;
      channel: "app" | "email" | "push" | "sms";
      deleted?: never;
      sort?: "language" | "-language";
    }
  | { deleted: true; topic?: never; channel?: never; sort?: "created_at" | "-created_at" }
);

/** The types of templates, for what works with any entity. */
export interface TemplateTypes {
  item: Template;
  create: TemplateCreate;
  patch: TemplatePatch;
  query: TemplateQuery;
  parents: never;
}

/** Where templates are, and what hangs on them. */
export const templates: EntityDescriptor<TemplateTypes> = {
  key: "notifications.Template",
  paths: {
    collection: "/notifications/templates",
    item: "/notifications/templates/{template_id}",
  },
  idParameter: "template_id",
  defaults: { language: "en", enabled: true },
  related: [],
};

/** Templates, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useTemplates(
  query: TemplateQuery = {},
  options?: ListOptions,
): ListResult<Template> {
  return useEntityList(templates, {}, query, options);
}

/** One template; nothing is fetched while its id is undefined. */
export function useTemplate(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Template> {
  return useEntity(templates, {}, id, options);
}

/** Create a template; the same body sent again after a failure cannot create two. */
export function useCreateTemplate(): CreateResult<TemplateTypes> {
  return useCreate(templates, {});
}

/** Change a template: shown at once, taken back if the API refuses. */
export function useUpdateTemplate(): UpdateResult<TemplateTypes> {
  return useUpdate(templates, {});
}

/** Delete a template: gone at once, back if the API refuses. */
export function useDeleteTemplate(): DeleteResult {
  return useDelete(templates, {});
}

/** Bring a template back from the trash. */
export function useRestoreTemplate(): RestoreResult<TemplateTypes> {
  return useRestore(templates, {});
}
