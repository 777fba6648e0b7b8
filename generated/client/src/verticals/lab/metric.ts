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

/** One value that a run measured at one step. */
export interface Metric {
  /** ULID, assigned at creation. */
  id: string;
  experiment_run_id: string;
  name: string | null;
  step: number | null;
  value: number | null;
  measured_at: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a metric is created from. */
export interface MetricCreate {
  name: string;
  step: number;
  value: number;
  measured_at?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export type MetricPatch = Record<string, never>;

/** Filters and orders that an index serves, and the size of a page. */
export type MetricQuery = { limit?: number } & (
  | { name?: never; sort?: "created_at" | "-created_at" }
  | { name: string; sort?: "step" | "-step" }
);

/** The types of metrics, for what works with any entity. */
export interface MetricTypes {
  item: Metric;
  create: MetricCreate;
  patch: MetricPatch;
  query: MetricQuery;
  parents: "experiment_run_id";
}

/** Where metrics are, and what hangs on them. */
export const metrics: EntityDescriptor<MetricTypes> = {
  key: "lab.Metric",
  paths: {
    collection: "/lab/experiment-runs/{experiment_run_id}/metrics",
    item: "/lab/experiment-runs/{experiment_run_id}/metrics/{metric_id}",
  },
  idParameter: "metric_id",
  defaults: {},
  related: [],
};

/** Metrics, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useMetrics(
  experimentRunId: string,
  query: MetricQuery = {},
  options?: ListOptions,
): ListResult<Metric> {
  return useEntityList(metrics, { experiment_run_id: experimentRunId }, query, options);
}

/** One metric; nothing is fetched while its id is undefined. */
export function useMetric(
  experimentRunId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Metric> {
  return useEntity(metrics, { experiment_run_id: experimentRunId }, id, options);
}

/** Create a metric; the same body sent again after a failure cannot create two. */
export function useCreateMetric(experimentRunId: string): CreateResult<MetricTypes> {
  return useCreate(metrics, { experiment_run_id: experimentRunId });
}

/** Change a metric: shown at once, taken back if the API refuses. */
export function useUpdateMetric(experimentRunId: string): UpdateResult<MetricTypes> {
  return useUpdate(metrics, { experiment_run_id: experimentRunId });
}

/** Delete a metric: gone at once, back if the API refuses. */
export function useDeleteMetric(experimentRunId: string): DeleteResult {
  return useDelete(metrics, { experiment_run_id: experimentRunId });
}
