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

/** A question, and how it is going to be answered. */
export interface Experiment {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  slug: string | null;
  hypothesis: string | null;
  status: "draft" | "running" | "concluded" | "abandoned" | null;
  objective: "minimize" | "maximize" | null;
  measure: string | null;
  dataset: string | null;
  conclusion: string | null;
  tags: string[] | null;
  concluded_on: string | null;
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

/** What an experiment is created from. */
export interface ExperimentCreate {
  name: string;
  slug: string;
  hypothesis?: string | null;
  status?: "draft" | "running" | "concluded" | "abandoned" | null;
  objective?: "minimize" | "maximize" | null;
  measure?: string | null;
  dataset?: string | null;
  conclusion?: string | null;
  tags?: string[] | null;
  concluded_on?: string | null;
}

/** What to change; null clears a field, or brings its default back. */
export interface ExperimentPatch {
  name?: string;
  hypothesis?: string | null;
  status?: "draft" | "running" | "concluded" | "abandoned" | null;
  objective?: "minimize" | "maximize" | null;
  measure?: string | null;
  dataset?: string | null;
  conclusion?: string | null;
  tags?: string[] | null;
  concluded_on?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ExperimentQuery = { limit?: number } & (
  | {
      status?: never;
      dataset?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at" | "name" | "-name";
    }
  | {
      status: "draft" | "running" | "concluded" | "abandoned";
      dataset?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      dataset: string;
      status?: never;
      created_by?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      created_by: string;
      status?: never;
      dataset?: never;
      deleted?: never;
      sort?: "created_at" | "-created_at";
    }
  | {
      deleted: true;
      status?: never;
      dataset?: never;
      created_by?: never;
      sort?: "created_at" | "-created_at";
    }
);

/** The types of experiments, for what works with any entity. */
export interface ExperimentTypes {
  item: Experiment;
  create: ExperimentCreate;
  patch: ExperimentPatch;
  query: ExperimentQuery;
  parents: never;
}

/** Where experiments are, and what hangs on them. */
export const experiments: EntityDescriptor<ExperimentTypes> = {
  key: "lab.Experiment",
  paths: {
    collection: "/lab/experiments",
    item: "/lab/experiments/{experiment_id}",
  },
  idParameter: "experiment_id",
  defaults: { status: "draft", objective: "minimize", measure: "loss" },
  related: ["lab.ExperimentRun", "lab.Metric"],
};

/** Experiments, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useExperiments(
  query: ExperimentQuery = {},
  options?: ListOptions,
): ListResult<Experiment> {
  return useEntityList(experiments, {}, query, options);
}

/** One experiment; nothing is fetched while its id is undefined. */
export function useExperiment(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Experiment> {
  return useEntity(experiments, {}, id, options);
}

/** Create an experiment; the same body sent again after a failure cannot create two. */
export function useCreateExperiment(): CreateResult<ExperimentTypes> {
  return useCreate(experiments, {});
}

/** Change an experiment: shown at once, taken back if the API refuses. */
export function useUpdateExperiment(): UpdateResult<ExperimentTypes> {
  return useUpdate(experiments, {});
}

/** Delete an experiment: gone at once, back if the API refuses. */
export function useDeleteExperiment(): DeleteResult {
  return useDelete(experiments, {});
}

/** Bring an experiment back from the trash. */
export function useRestoreExperiment(): RestoreResult<ExperimentTypes> {
  return useRestore(experiments, {});
}
