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

/** Something that an agent may call. */
export interface Tool {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  slug: string | null;
  kind: "http" | "function" | "retrieval" | "search" | null;
  description: string | null;
  endpoint: string | null;
  timeout: string | null;
  input_schema: unknown;
  needs_approval: boolean | null;
  enabled: boolean | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a tool is created from. */
export interface ToolCreate {
  name: string;
  slug: string;
  kind: "http" | "function" | "retrieval" | "search";
  description?: string | null;
  endpoint?: string | null;
  timeout?: string | null;
  input_schema?: unknown;
  needs_approval?: boolean | null;
  enabled?: boolean | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface ToolPatch {
  name?: string;
  description?: string | null;
  endpoint?: string | null;
  timeout?: string | null;
  input_schema?: unknown;
  needs_approval?: boolean | null;
  enabled?: boolean | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ToolQuery = { limit?: number } & (
  | { kind?: never; sort?: "created_at" | "-created_at" | "name" | "-name" }
  | { kind: "http" | "function" | "retrieval" | "search"; sort?: "name" | "-name" }
);

/** The types of tools, for what works with any entity. */
export interface ToolTypes {
  item: Tool;
  create: ToolCreate;
  patch: ToolPatch;
  query: ToolQuery;
  parents: never;
}

/** Where tools are, and what hangs on them. */
export const tools: EntityDescriptor<ToolTypes> = {
  key: "agents.Tool",
  paths: {
    collection: "/agents/tools",
    item: "/agents/tools/{tool_id}",
  },
  idParameter: "tool_id",
  defaults: { timeout: "PT30S", needs_approval: true, enabled: true },
  related: [],
};

/** Tools, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useTools(
  query: ToolQuery = {},
  options?: ListOptions,
): ListResult<Tool> {
  return useEntityList(tools, {}, query, options);
}

/** One tool; nothing is fetched while its id is undefined. */
export function useTool(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Tool> {
  return useEntity(tools, {}, id, options);
}

/** Create a tool; the same body sent again after a failure cannot create two. */
export function useCreateTool(): CreateResult<ToolTypes> {
  return useCreate(tools, {});
}

/** Change a tool: shown at once, taken back if the API refuses. */
export function useUpdateTool(): UpdateResult<ToolTypes> {
  return useUpdate(tools, {});
}

/** Delete a tool: gone at once, back if the API refuses. */
export function useDeleteTool(): DeleteResult {
  return useDelete(tools, {});
}
