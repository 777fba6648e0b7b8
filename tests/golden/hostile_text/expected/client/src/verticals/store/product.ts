import {
  type CreateResult,
  type EntityDescriptor,
  type ItemResult,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  useCreate,
  useEntity,
  useEntityList,
} from "../../core/index.js";

/** It's "quoted" """ + ${var.x} \N{DASH} {{ view.x }} {% raw %} */
export interface Product {
  /** ULID, assigned at creation. */
  id: string;
  /** # `checkov:`skip=CKV_AWS_1: ' " \ */
  name: string | null;
  kind: "a\"b" | "${c}" | "d'e" | null;
  created_at: string;
  /** `sub` of who created the item. */
  created_by: string;
  updated_at: string;
  /** `sub` of who changed the item last. */
  updated_by: string;
  /** The ETag, without quotes. */
  version: number;
}

/** What a product is created from. */
export interface ProductCreate {
  /** # `checkov:`skip=CKV_AWS_1: ' " \ */
  name?: string | null;
  kind?: "a\"b" | "${c}" | "d'e" | null;
}

/** Filters and orders that an index serves, and the size of a page. */
export type ProductQuery = { limit?: number } & { sort?: "created_at" | "-created_at" };

/** The types of products, for what works with any entity. */
export interface ProductTypes {
  item: Product;
  create: ProductCreate;
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
  defaults: { name: "${x} \"q\" 'p' \\", kind: "${c}" },
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

/** Create a product; the same body sent again after a failure cannot create two. */
export function useCreateProduct(): CreateResult<ProductTypes> {
  return useCreate(products, {});
}
