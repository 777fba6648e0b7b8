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

/** An agent as it was published once; it never changes. */
export interface AgentVersion {
  /** ULID, assigned at creation. */
  id: string;
  agent_id: string;
  number: number | null;
  model: string | null;
  instructions: string | null;
  parameters: unknown;
  notes: string | null;
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

/** What an agent version is created from. */
export interface AgentVersionCreate {
  number: number;
  model: string;
  instructions?: string | null;
  parameters?: unknown;
  notes?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface AgentVersionPatch {
  notes?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type AgentVersionQuery = { limit?: number } & (
  | { deleted?: never; sort?: "created_at" | "-created_at" | "number" | "-number" }
  | { deleted: true; sort?: "created_at" | "-created_at" }
);

/** The types of agent versions, for what works with any entity. */
export interface AgentVersionTypes {
  item: AgentVersion;
  create: AgentVersionCreate;
  patch: AgentVersionPatch;
  query: AgentVersionQuery;
  parents: "agent_id";
}

/** Where agent versions are, and what hangs on them. */
export const agentVersions: EntityDescriptor<AgentVersionTypes> = {
  key: "agents.AgentVersion",
  paths: {
    collection: "/agents/agents/{agent_id}/agent-versions",
    item: "/agents/agents/{agent_id}/agent-versions/{agent_version_id}",
  },
  idParameter: "agent_version_id",
  defaults: {},
  related: [],
};

/** Agent versions, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useAgentVersions(
  agentId: string,
  query: AgentVersionQuery = {},
  options?: ListOptions,
): ListResult<AgentVersion> {
  return useEntityList(agentVersions, { agent_id: agentId }, query, options);
}

/** One agent version; nothing is fetched while its id is undefined. */
export function useAgentVersion(
  agentId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<AgentVersion> {
  return useEntity(agentVersions, { agent_id: agentId }, id, options);
}

/** Create an agent version; the same body sent again after a failure cannot create two. */
export function useCreateAgentVersion(agentId: string): CreateResult<AgentVersionTypes> {
  return useCreate(agentVersions, { agent_id: agentId });
}

/** Change an agent version: shown at once, taken back if the API refuses. */
export function useUpdateAgentVersion(agentId: string): UpdateResult<AgentVersionTypes> {
  return useUpdate(agentVersions, { agent_id: agentId });
}

/** Delete an agent version: gone at once, back if the API refuses. */
export function useDeleteAgentVersion(agentId: string): DeleteResult {
  return useDelete(agentVersions, { agent_id: agentId });
}

/** Bring an agent version back from the trash. */
export function useRestoreAgentVersion(agentId: string): RestoreResult<AgentVersionTypes> {
  return useRestore(agentVersions, { agent_id: agentId });
}
