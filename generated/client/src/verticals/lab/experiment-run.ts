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

/** One attempt with certain parameters, and how it ended. */
export interface ExperimentRun {
  /** ULID, assigned at creation. */
  id: string;
  experiment: string | null;
  name: string | null;
  status: "queued" | "running" | "finished" | "failed" | "stopped" | null;
  commit: string | null;
  seed: number | null;
  parameters: Record<string, string> | null;
  result: number | null;
  results: Record<string, number> | null;
  duration: string | null;
  started_at: string | null;
  finished_at: string | null;
  notes: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What an experiment run is created from. */
export interface ExperimentRunCreate {
  experiment: string;
  name: string;
  status?: "queued" | "running" | "finished" | "failed" | "stopped" | null;
  commit?: string | null;
  seed?: number | null;
  parameters?: Record<string, string> | null;
  result?: number | null;
  results?: Record<string, number> | null;
  duration?: string | null;
  started_at?: string | null;
  finished_at?: string | null;
  notes?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface ExperimentRunPatch {
  name?: string;
  status?: "queued" | "running" | "finished" | "failed" | "stopped" | null;
  result?: number | null;
  results?: Record<string, number | null> | null;
  duration?: string | null;
  started_at?: string | null;
  finished_at?: string | null;
  notes?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ExperimentRunQuery = { limit?: number } & (
  | { experiment?: never; status?: never; created_by?: never; sort?: "created_at" | "-created_at" }
  | {
      experiment: string;
      status?: never;
      created_by?: never;
      sort?: "created_at" | "-created_at" | "result" | "-result";
    }
  | {
      experiment: string;
      status: "queued" | "running" | "finished" | "failed" | "stopped";
      created_by?: never;
      sort?: "created_at" | "-created_at";
    }
  | { created_by: string; experiment?: never; status?: never; sort?: "created_at" | "-created_at" }
);

/** The types of experiment runs, for what works with any entity. */
export interface ExperimentRunTypes {
  item: ExperimentRun;
  create: ExperimentRunCreate;
  patch: ExperimentRunPatch;
  query: ExperimentRunQuery;
  parents: never;
}

/** Where experiment runs are, and what hangs on them. */
export const experimentRuns: EntityDescriptor<ExperimentRunTypes> = {
  key: "lab.ExperimentRun",
  paths: {
    collection: "/lab/experiment-runs",
    item: "/lab/experiment-runs/{experiment_run_id}",
  },
  idParameter: "experiment_run_id",
  defaults: { status: "queued" },
  related: ["lab.Metric"],
};

/** Experiment runs, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useExperimentRuns(
  query: ExperimentRunQuery = {},
  options?: ListOptions,
): ListResult<ExperimentRun> {
  return useEntityList(experimentRuns, {}, query, options);
}

/** One experiment run; nothing is fetched while its id is undefined. */
export function useExperimentRun(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<ExperimentRun> {
  return useEntity(experimentRuns, {}, id, options);
}

/** Create an experiment run; the same body sent again after a failure cannot create two. */
export function useCreateExperimentRun(): CreateResult<ExperimentRunTypes> {
  return useCreate(experimentRuns, {});
}

/** Change an experiment run: shown at once, taken back if the API refuses. */
export function useUpdateExperimentRun(): UpdateResult<ExperimentRunTypes> {
  return useUpdate(experimentRuns, {});
}

/** Delete an experiment run: gone at once, back if the API refuses. */
export function useDeleteExperimentRun(): DeleteResult {
  return useDelete(experimentRuns, {});
}
