import {
  type CreateResult,
  type DeleteResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  type UpdateResult,
  useCreate,
  useDelete,
  useEntity,
  useEntityList,
  useUpdate,
} from "../../core/index.js";

/** Whether and where a person wants to hear of a topic. */
export interface Preference {
  /** ULID, assigned at creation. */
  id: string;
  topic: string | null;
  channel: "app" | "email" | "push" | "sms" | null;
  enabled: boolean | null;
  digest: "never" | "hourly" | "daily" | "weekly" | null;
  quiet_from: string | null;
  quiet_until: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a preference is created from. */
export interface PreferenceCreate {
  topic: string;
  channel: "app" | "email" | "push" | "sms";
  enabled?: boolean | null;
  digest?: "never" | "hourly" | "daily" | "weekly" | null;
  quiet_from?: string | null;
  quiet_until?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface PreferencePatch {
  enabled?: boolean | null;
  digest?: "never" | "hourly" | "daily" | "weekly" | null;
  quiet_from?: string | null;
  quiet_until?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type PreferenceQuery = { limit?: number } & (
  | { created_by?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; sort?: "topic" | "-topic" }
);

/** The types of preferences, for what works with any entity. */
export interface PreferenceTypes {
  item: Preference;
  create: PreferenceCreate;
  patch: PreferencePatch;
  query: PreferenceQuery;
  parents: never;
}

/** Where preferences are, and what hangs on them. */
export const preferences: EntityDescriptor<PreferenceTypes> = {
  key: "notifications.Preference",
  paths: {
    collection: "/notifications/preferences",
    item: "/notifications/preferences/{preference_id}",
  },
  idParameter: "preference_id",
  defaults: { enabled: true, digest: "never" },
  related: [],
};

/** Preferences, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function usePreferences(
  query: PreferenceQuery = {},
  options?: ListOptions,
): ListResult<Preference> {
  return useEntityList(preferences, {}, query, options);
}

/** One preference; nothing is fetched while its id is undefined. */
export function usePreference(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Preference> {
  return useEntity(preferences, {}, id, options);
}

/** Create a preference; the same body sent again after a failure cannot create two. */
export function useCreatePreference(): CreateResult<PreferenceTypes> {
  return useCreate(preferences, {});
}

/** Change a preference: shown at once, taken back if the API refuses. */
export function useUpdatePreference(): UpdateResult<PreferenceTypes> {
  return useUpdate(preferences, {});
}

/** Delete a preference: gone at once, back if the API refuses. */
export function useDeletePreference(): DeleteResult {
  return useDelete(preferences, {});
}
