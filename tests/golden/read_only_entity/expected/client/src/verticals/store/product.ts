import {
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  useEntity,
  useEntityList,
} from "../../core/index.js";

/** A product. */
export interface Product {
  /** ULID, assigned at creation. */
  id: string;
  name: string | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ProductQuery = { limit?: number } & { sort?: "created_at" | "-created_at" };

/** The types of products, for what works with any entity. */
export interface ProductTypes {
  item: Product;
  create: never;
  patch: never;
  query: ProductQuery;
  parents: never;
}

/** Where products are, and what hangs on them. */
export const products: EntityDescriptor<ProductTypes> = {
  key: "store.Product",
  paths: {
    collection: "/store/products",
    item: "/store/products/{product_id}",
  },
  idParameter: "product_id",
  defaults: {},
  related: [],
};

/** Products, page by page: `data.items`, `hasNextPage`, `fetchNextPage()`. */
export function useProducts(
  query: ProductQuery = {},
  options?: ListOptions,
): ListResult<Product> {
  return useEntityList(products, {}, query, options);
}

/** One product; nothing is fetched while its id is undefined. */
export function useProduct(
  id: string | undefined,
  options?: ReadOptions,
): ItemResult<Product> {
  return useEntity(products, {}, id, options);
}
