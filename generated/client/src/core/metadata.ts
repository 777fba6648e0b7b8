/** Entities as data: what requests and caches need, and all that a generic user interface shows. */

/** What every item has besides its own fields; no request sets them. */
export interface Item {
  id: string;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  version: number;
}

/** The TypeScript types that belong to an entity. */
export interface EntityTypes {
  item: Item;
  create: object;
  patch: object;
  query: object;
  /** Path parameters of its parents, as a union; `never` for an entity without a parent. */
  parents: string;
}

/** The types of an entity that is known at run time only. */
export interface AnyEntity extends EntityTypes {
  item: Item & Record<string, unknown>;
  create: Record<string, unknown>;
  patch: Record<string, unknown>;
  query: Record<string, string | number | boolean | undefined>;
}

declare const TYPES: unique symbol;

/** What requests and caches need to know of an entity. */
export interface EntityDescriptor<T extends EntityTypes = AnyEntity> {
  /** Its name in the whole product: `education.Course`. */
  readonly key: string;
  readonly paths: { readonly collection: string; readonly item: string };
  /** The path parameter that carries an id of this entity: `course_id`. */
  readonly idParameter: string;
  /** Values of fields that a request leaves out or clears. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Keys of entities whose items change or go when one of this entity is deleted or restored. */
  readonly related: readonly string[];
  /** Never there: it ties the types to the value. */
  readonly [TYPES]?: T;
}

export type Operation = "list" | "create" | "get" | "update" | "delete" | "restore";

/** Members of any of `roles`, and who created the item if `owner`. */
export interface AccessRule {
  readonly roles: readonly string[];
  readonly owner: boolean;
}

/** What a value is: of a field, of an element of a list, or of a map. */
export interface ValueMetadata {
  /** A field type of the spec language: `string`, `decimal`, `ref`, ... */
  readonly type: string;
  readonly description?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** A number for `integer`, text for `number` and `decimal`. */
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly scale?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxBytes?: number;
  readonly maxDepth?: number;
  readonly values?: readonly string[];
  /** For `ref`, the key of the entity that it points to. */
  readonly to?: string;
  readonly onDelete?: "restrict" | "cascade" | "detach";
  readonly of?: ValueMetadata;
  readonly fields?: readonly FieldMetadata[];
}

export interface FieldMetadata extends ValueMetadata {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  /** A client may give it at creation only. */
  readonly immutable: boolean;
  readonly default?: unknown;
}

/** A set of filters that a list takes together, and the orders that go with it. */
export interface QueryMetadata {
  readonly filters: readonly string[];
  readonly sorts: readonly string[];
}

export interface IndexMetadata {
  readonly name: string;
  readonly match: readonly string[];
  readonly sort: string;
}

export interface EntityMetadata extends EntityDescriptor {
  readonly name: string;
  readonly plural: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly description: string;
  /** Its ancestors, outermost first, and the path parameter of each. */
  readonly parents: readonly { readonly entity: string; readonly parameter: string }[];
  readonly operations: readonly Operation[];
  readonly fields: readonly FieldMetadata[];
  readonly unique: readonly string[];
  readonly indexes: readonly IndexMetadata[];
  readonly queries: readonly QueryMetadata[];
  readonly access: {
    readonly read?: AccessRule;
    readonly create?: AccessRule;
    readonly update?: AccessRule;
    readonly delete?: AccessRule;
  };
  /** Where there is a trash, items in its list have `deleted_at` and `restorable_until` besides. */
  readonly softDelete: { readonly retainSeconds: number } | null;
  readonly ifMatchRequired: boolean;
}

export interface VerticalMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly entities: Readonly<Record<string, EntityMetadata>>;
}

/** The whole product. */
export interface Metadata {
  readonly product: string;
  readonly environments: readonly string[];
  /** The token claim that carries the organization. */
  readonly tenantClaim: string;
  /** Role name to description. */
  readonly roles: Readonly<Record<string, string>>;
  readonly verticals: Readonly<Record<string, VerticalMetadata>>;
}
