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

/** Something that a person should see, until they have. */
export interface Notification {
  /** ULID, assigned at creation. */
  id: string;
  topic: string | null;
  title: string | null;
  body: string | null;
  severity: "info" | "success" | "warning" | "critical" | null;
  link: string | null;
  seen: boolean | null;
  seen_at: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a notification is created from. */
export interface NotificationCreate {
  topic: string;
  title: string;
  body?: string | null;
  severity?: "info" | "success" | "warning" | "critical" | null;
  link?: string | null;
  seen?: boolean | null;
  seen_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface NotificationPatch {
  seen?: boolean | null;
  seen_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type NotificationQuery = { limit?: number } & (
  | { created_by?: never; seen?: never; topic?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; seen?: never; topic?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; seen: boolean; topic?: never; sort?: "created_at" | "-created_at" }
  | { topic: string; created_by?: never; seen?: never; sort?: "created_at" | "-created_at" }
);

/** The types of notifications, for what works with any entity. */
export interface NotificationTypes {
  item: Notification;
  create: NotificationCreate;
  patch: NotificationPatch;
  query: NotificationQuery;
  parents: never;
}

/** Where notifications are, and what hangs on them. */
export const notifications: EntityDescriptor<NotificationTypes> = {
  key: "notifications.Notification",
  paths: {
    collection: "/notifications/notifications",
    item: "/notifications/notifications/{notification_id}",
  },
  idParameter: "notification_id",
  defaults: { severity: "info", seen: false },
  related: [],
};

/** Notifications, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useNotifications(
  query: NotificationQuery = {},
  options?: ListOptions,
): ListResult<Notification> {
  return useEntityList(notifications, {}, query, options);
}

/** One notification; nothing is fetched while its id is undefined. */
export function useNotification(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Notification> {
  return useEntity(notifications, {}, id, options);
}

/** Create a notification; the same body sent again after a failure cannot create two. */
export function useCreateNotification(): CreateResult<NotificationTypes> {
  return useCreate(notifications, {});
}

/** Change a notification: shown at once, taken back if the API refuses. */
export function useUpdateNotification(): UpdateResult<NotificationTypes> {
  return useUpdate(notifications, {});
}

/** Delete a notification: gone at once, back if the API refuses. */
export function useDeleteNotification(): DeleteResult {
  return useDelete(notifications, {});
}
