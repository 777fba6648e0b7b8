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

/** What one person and an agent said to each other; nobody else reads it. */
export interface Conversation {
  /** ULID, assigned at creation. */
  id: string;
  agent: string | null;
  title: string | null;
  channel: "web" | "mobile" | "email" | "api" | null;
  last_message_at: string | null;
  archived: boolean | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a conversation is created from. */
export interface ConversationCreate {
  agent: string;
  title?: string | null;
  channel?: "web" | "mobile" | "email" | "api" | null;
  last_message_at?: string | null;
  archived?: boolean | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface ConversationPatch {
  title?: string | null;
  channel?: "web" | "mobile" | "email" | "api" | null;
  last_message_at?: string | null;
  archived?: boolean | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ConversationQuery = { limit?: number } & (
  | { agent?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | { agent: string; created_by?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; agent?: never; sort?: "created_at" | "-created_at" }
);

/** The types of conversations, for what works with any entity. */
export interface ConversationTypes {
  item: Conversation;
  create: ConversationCreate;
  patch: ConversationPatch;
  query: ConversationQuery;
  parents: never;
}

/** Where conversations are, and what hangs on them. */
export const conversations: EntityDescriptor<ConversationTypes> = {
  key: "agents.Conversation",
  paths: {
    collection: "/agents/conversations",
    item: "/agents/conversations/{conversation_id}",
  },
  idParameter: "conversation_id",
  defaults: { channel: "web", archived: false },
  related: ["agents.Message"],
};

/** Conversations, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useConversations(
  query: ConversationQuery = {},
  options?: ListOptions,
): ListResult<Conversation> {
  return useEntityList(conversations, {}, query, options);
}

/** One conversation; nothing is fetched while its id is undefined. */
export function useConversation(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Conversation> {
  return useEntity(conversations, {}, id, options);
}

/** Create a conversation; the same body sent again after a failure cannot create two. */
export function useCreateConversation(): CreateResult<ConversationTypes> {
  return useCreate(conversations, {});
}

/** Change a conversation: shown at once, taken back if the API refuses. */
export function useUpdateConversation(): UpdateResult<ConversationTypes> {
  return useUpdate(conversations, {});
}

/** Delete a conversation: gone at once, back if the API refuses. */
export function useDeleteConversation(): DeleteResult {
  return useDelete(conversations, {});
}
