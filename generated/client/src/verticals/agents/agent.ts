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

/** An assistant with instructions, a model and tools. */
export interface Agent {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  slug: string | null;
  summary: string | null;
  status: "draft" | "published" | "archived" | null;
  model: string | null;
  instructions: string | null;
  temperature: number | null;
  max_turns: number | null;
  tools: string[] | null;
  starters: string[] | null;
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

/** What an agent is created from. */
export interface AgentCreate {
  name: string;
  slug: string;
  summary?: string | null;
  status?: "draft" | "published" | "archived" | null;
  model: string;
  instructions?: string | null;
  temperature?: number | null;
  max_turns?: number | null;
  tools?: string[] | null;
  starters?: string[] | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface AgentPatch {
  name?: string;
  summary?: string | null;
  status?: "draft" | "published" | "archived" | null;
  model?: string;
  instructions?: string | null;
  temperature?: number | null;
  max_turns?: number | null;
  tools?: string[] | null;
  starters?: string[] | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type AgentQuery = { limit?: number } & (
  | {
      status?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at" | "name" | "-name";
    }
  | {
      status: "draft" | "published" | "archived";
      created_by?: never;
      deleted?: never;
      sort?: "name" | "-name";
    }
  | { created_by: string; status?: never; deleted?: never; sort?: "created_at" | "-created_at" }
  | { deleted: true; status?: never; created_by?: never; sort?: "created_at" | "-created_at" }
);

/** The types of agents, for what works with any entity. */
export interface AgentTypes {
  item: Agent;
  create: AgentCreate;
  patch: AgentPatch;
  query: AgentQuery;
  parents: never;
}

/** Where agents are, and what hangs on them. */
export const agents: EntityDescriptor<AgentTypes> = {
  key: "agents.Agent",
  paths: {
    collection: "/agents/agents",
    item: "/agents/agents/{agent_id}",
  },
  idParameter: "agent_id",
  defaults: { status: "draft", temperature: 1, max_turns: 20 },
  related: ["agents.AgentVersion", "agents.Conversation", "agents.Message", "agents.Run"],
};

/** Agents, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useAgents(
  query: AgentQuery = {},
  options?: ListOptions,
): ListResult<Agent> {
  return useEntityList(agents, {}, query, options);
}

/** One agent; nothing is fetched while its id is undefined. */
export function useAgent(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Agent> {
  return useEntity(agents, {}, id, options);
}

/** Create an agent; the same body sent again after a failure cannot create two. */
export function useCreateAgent(): CreateResult<AgentTypes> {
  return useCreate(agents, {});
}

/** Change an agent: shown at once, taken back if the API refuses. */
export function useUpdateAgent(): UpdateResult<AgentTypes> {
  return useUpdate(agents, {});
}

/** Delete an agent: gone at once, back if the API refuses. */
export function useDeleteAgent(): DeleteResult {
  return useDelete(agents, {});
}

/** Bring an agent back from the trash. */
export function useRestoreAgent(): RestoreResult<AgentTypes> {
  return useRestore(agents, {});
}
