import {
  type CreateResult,
  type DeleteResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  useCreate,
  useDelete,
  useEntity,
  useEntityList,
} from "../../core/index.js";

/** A line. */
export interface Line {
  /** ULID, assigned at creation. */
  id: string;
  order_id: string;
  position: number | null;
  text: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a line is created from. */
export interface LineCreate {
  position: number;
  text?: string | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type LineQuery = { limit?: number } & { sort?: "created_at" | "-created_at" | "position" | "-position" };

/** The types of lines, for what works with any entity. */
export interface LineTypes {
  item: Line;
  create: LineCreate;
  patch: never;
  query: LineQuery;
  parents: "order_id";
}

/** Where lines are, and what hangs on them. */
export const lines: EntityDescriptor<LineTypes> = {
  key: "store.Line",
  paths: {
    collection: "/store/orders/{order_id}/lines",
    item: "/store/orders/{order_id}/lines/{line_id}",
  },
  idParameter: "line_id",
  defaults: {},
  related: [],
};

/** Lines, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useLines(
  orderId: string,
  query: LineQuery = {},
  options?: ListOptions,
): ListResult<Line> {
  return useEntityList(lines, { order_id: orderId }, query, options);
}

/** One line; nothing is fetched while its id is undefined. */
export function useLine(
  orderId: string,
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Line> {
  return useEntity(lines, { order_id: orderId }, id, options);
}

/** Create a line; the same body sent again after a failure cannot create two. */
export function useCreateLine(orderId: string): CreateResult<LineTypes> {
  return useCreate(lines, { order_id: orderId });
}

/** Delete a line: gone at once, back if the API refuses. */
export function useDeleteLine(orderId: string): DeleteResult {
  return useDelete(lines, { order_id: orderId });
}
