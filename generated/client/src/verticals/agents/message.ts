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

/** One turn of a conversation, in the order in which it was said. */
export interface Message {
  /** ULID, assigned at creation. */
  id: string;
  conversation_id: string;
  role: "user" | "assistant" | "tool" | null;
  content: string | null;
  tool: string | null;
  tool_call: unknown;
  tokens: number | null;
  rating: "good" | "bad" | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a message is created from. */
export interface MessageCreate {
  role: "user" | "assistant" | "tool";
  content: string;
  tool?: string | null;
  tool_call?: unknown;
  tokens?: number | null;
  rating?: "good" | "bad" | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface MessagePatch {
  rating?: "good" | "bad" | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type MessageQuery = { limit?: number } & (
  | { created_by?: never; sort?: "created_at" | "-created_at" }
  | { created_by: string; sort?: "created_at" | "-created_at" }
);

/** The types of messages, for what works with any entity. */
export interface MessageTypes {
  item: Message;
  create: MessageCreate;
  patch: MessagePatch;
  query: MessageQuery;
  parents: "conversation_id";
}

/** Where messages are, and what hangs on them. */
export const messages: EntityDescriptor<MessageTypes> = {
  key: "agents.Message",
  paths: {
    collection: "/agents/conversations/{conversation_id}/messages",
    item: "/agents/conversations/{conversation_id}/messages/{message_id}",
  },
  idParameter: "message_id",
  defaults: {},
  related: [],
};

/** Messages, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useMessages(
  conversationId: string,
  query: MessageQuery = {},
  options?: ListOptions,
): ListResult<Message> {
  return useEntityList(messages, { conversation_id: conversationId }, query, options);
}

/** One message; nothing is fetched while its id is undefined. */
export function useMessage(
  conversationId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Message> {
  return useEntity(messages, { conversation_id: conversationId }, id, options);
}

/** Create a message; the same body sent again after a failure cannot create two. */
export function useCreateMessage(conversationId: string): CreateResult<MessageTypes> {
  return useCreate(messages, { conversation_id: conversationId });
}

/** Change a message: shown at once, taken back if the API refuses. */
export function useUpdateMessage(conversationId: string): UpdateResult<MessageTypes> {
  return useUpdate(messages, { conversation_id: conversationId });
}

/** Delete a message: gone at once, back if the API refuses. */
export function useDeleteMessage(conversationId: string): DeleteResult {
  return useDelete(messages, { conversation_id: conversationId });
}
