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

/** An order. */
export interface Order {
  /** ULID, assigned at creation. */
  id: string;
  number: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What an order is created from. */
export interface OrderCreate {
  number: string;
}

/** Filters and orders that an index serves, and the size of a page. */
export type OrderQuery = { limit?: number } & { sort?: "created_at" | "-created_at" };

/** The types of orders, for what works with any entity. */
export interface OrderTypes {
  item: Order;
  create: OrderCreate;
  patch: never;
  query: OrderQuery;
  parents: never;
}

/** Where orders are, and what hangs on them. */
export const orders: EntityDescriptor<OrderTypes> = {
  key: "store.Order",
  paths: {
    collection: "/store/orders",
    item: "/store/orders/{order_id}",
  },
  idParameter: "order_id",
  defaults: {},
  related: ["store.Line"],
};

/** Orders, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useOrders(
  query: OrderQuery = {},
  options?: ListOptions,
): ListResult<Order> {
  return useEntityList(orders, {}, query, options);
}

/** One order; nothing is fetched while its id is undefined. */
export function useOrder(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Order> {
  return useEntity(orders, {}, id, options);
}

/** Create an order; the same body sent again after a failure cannot create two. */
export function useCreateOrder(): CreateResult<OrderTypes> {
  return useCreate(orders, {});
}

/** Delete an order: gone at once, back if the API refuses. */
export function useDeleteOrder(): DeleteResult {
  return useDelete(orders, {});
}
