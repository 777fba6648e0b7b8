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

/** One time that an agent worked, and what it cost. */
export interface Run {
  /** ULID, assigned at creation. */
  id: string;
  agent: string | null;
  status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | null;
  input: unknown;
  output: unknown;
  error: string | null;
  tokens_in: number | null;
  tokens_out: number | null;
  cost: string | null;
  started_at: string | null;
  finished_at: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a run is created from. */
export interface RunCreate {
  agent: string;
  status?: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | null;
  input?: unknown;
  output?: unknown;
  error?: string | null;
  tokens_in?: number | null;
  tokens_out?: number | null;
  cost?: string | null;
  started_at?: string | null;
  finished_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface RunPatch {
  status?: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled" | null;
  output?: unknown;
  error?: string | null;
  tokens_in?: number | null;
  tokens_out?: number | null;
  cost?: string | null;
  started_at?: string | null;
  finished_at?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type RunQuery = { limit?: number } & (
  | { agent?: never; status?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | { agent: string; status?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | {
      status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";
      agent?: never;
      created_by?: never;
      sort?: "created_at" | "-created_at";
    }
  | { created_by: string; agent?: never; status?: never; sort?: "created_at" | "-created_at" }
);

/** The types of runs, for what works with any entity. */
export interface RunTypes {
  item: Run;
  create: RunCreate;
  patch: RunPatch;
  query: RunQuery;
  parents: never;
}

/** Where runs are, and what hangs on them. */
export const runs: EntityDescriptor<RunTypes> = {
  key: "agents.Run",
  paths: {
    collection: "/agents/runs",
    item: "/agents/runs/{run_id}",
  },
  idParameter: "run_id",
  defaults: { status: "queued", tokens_in: 0, tokens_out: 0 },
  related: [],
};

/** Runs, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useRuns(
  query: RunQuery = {},
  options?: ListOptions,
): ListResult<Run> {
  return useEntityList(runs, {}, query, options);
}

/** One run; nothing is fetched while its id is undefined. */
export function useRun(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Run> {
  return useEntity(runs, {}, id, options);
}

/** Create a run; the same body sent again after a failure cannot create two. */
export function useCreateRun(): CreateResult<RunTypes> {
  return useCreate(runs, {});
}

/** Change a run: shown at once, taken back if the API refuses. */
export function useUpdateRun(): UpdateResult<RunTypes> {
  return useUpdate(runs, {});
}

/** Delete a run: gone at once, back if the API refuses. */
export function useDeleteRun(): DeleteResult {
  return useDelete(runs, {});
}
