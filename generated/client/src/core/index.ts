export { EntityCache, queryKeys } from "./cache.js";
export {
  type ApiAnswer,
  type ApiRequest,
  type Client,
  type ClientOptions,
  createClient,
  type Scope,
  type TokenProvider,
} from "./client.js";
export { type ClientConfig, loadConfig, parseConfig } from "./config.js";
export {
  ApiError,
  AuthenticationError,
  BusyError,
  type ClientError,
  ConflictError,
  type FieldError,
  NetworkError,
  NotFoundError,
  PermissionError,
  type Problem,
  StaleItemError,
  UnreadableAnswerError,
  UnsendableBodyError,
  ValidationError,
} from "./errors.js";
export { mergePatch } from "./merge.js";
export type {
  AccessRule,
  AnyEntity,
  EntityDescriptor,
  EntityMetadata,
  EntityTypes,
  FieldMetadata,
  IndexMetadata,
  Item,
  Metadata,
  Operation,
  QueryMetadata,
  ValueMetadata,
  VerticalMetadata,
} from "./metadata.js";
export {
  type CreateResult,
  type DeleteResult,
  type RestoreResult,
  type Update,
  type UpdateResult,
  useCreate,
  useDelete,
  useRestore,
  useUpdate,
} from "./mutations.js";
export {
  createItem,
  deleteItem,
  getItem,
  type GetOptions,
  type ItemVersion,
  listItems,
  type Page,
  type PageOptions,
  type Parents,
  restoreItem,
  updateItem,
} from "./operations.js";
export type { PendingWrite } from "./pending.js";
export { NexusProvider, type NexusProviderProps, useClient } from "./provider.js";
export {
  type ItemResult,
  type ListData,
  type ListOptions,
  type ListResult,
  type ReadOptions,
  useEntity,
  useEntityList,
} from "./queries.js";
