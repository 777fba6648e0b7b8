/** Which lists may be asked for: only what an index serves, known from the metadata. */

import type { EntityMetadata, QueryMetadata, ValueMetadata } from "@client/core/index";

import { words } from "./entities";

/** What a list page shows, as its address says. */
export interface ListChoice {
  readonly filters: Readonly<Record<string, string>>;
  /** `starts_on` or `-starts_on`. */
  readonly sort: string;
  readonly deleted: boolean;
}

/** A name for a set of filters that goes into addresses and option keys. */
export function queryKey(query: QueryMetadata): string {
  return query.filters.join("+");
}

export function queryLabel(query: QueryMetadata, entity: EntityMetadata): string {
  return query.filters.length === 0
    ? `All ${entity.pluralLabel}`
    : query.filters.map((name) => filterLabel(entity, name)).join(" and ");
}

export function filterLabel(entity: EntityMetadata, name: string): string {
  return entity.fields.find((field) => field.name === name)?.label ?? words(name);
}

/** What values a filter takes; a system field is text. */
export function filterType(entity: EntityMetadata, name: string): ValueMetadata {
  return entity.fields.find((field) => field.name === name) ?? { type: "string" };
}

/** Read an address. What no index serves becomes the nearest list that one does. */
export function readChoice(entity: EntityMetadata, search: URLSearchParams): ListChoice {
  if (search.get("deleted") === "true" && entity.softDelete !== null) {
    const sort = search.get("sort") === "-created_at" ? "-created_at" : "created_at";
    return { filters: {}, sort, deleted: true };
  }
  const named = search.get("by");
  const query =
    entity.queries.find((candidate) => queryKey(candidate) === named) ??
    entity.queries.find(
      ({ filters }) => filters.length > 0 && filters.every((name) => search.has(name)),
    ) ??
    entity.queries[0];
  const filters = Object.fromEntries(
    (query?.filters ?? []).map((name) => [name, search.get(name) ?? ""]),
  );
  const wanted = search.get("sort") ?? "";
  const legal = query?.sorts ?? ["created_at"];
  const sort = legal.includes(wanted.replace(/^-/, "")) ? wanted : defaultSort(legal);
  return { filters, sort, deleted: false };
}

/** Newest first where time of creation is the only order, else the order that was declared. */
function defaultSort(legal: readonly string[]): string {
  const declared = legal[0] ?? "created_at";
  return declared === "created_at" ? "-created_at" : declared;
}

/** The address of a choice; what is the default is left out. */
export function writeChoice(choice: ListChoice): URLSearchParams {
  const search = new URLSearchParams();
  if (choice.deleted) {
    search.set("deleted", "true");
  }
  const names = Object.keys(choice.filters);
  if (names.length > 0 && Object.values(choice.filters).includes("")) {
    search.set("by", names.join("+"));
  }
  for (const [name, value] of Object.entries(choice.filters)) {
    if (value !== "") {
      search.set(name, value);
    }
  }
  search.set("sort", choice.sort);
  return search;
}

/** Whether every filter has its value, so that the list can be asked for. */
export function isComplete(choice: ListChoice): boolean {
  return Object.values(choice.filters).every((value) => value !== "");
}

/** The query of the API. */
export function toQuery(choice: ListChoice): Record<string, string | boolean> {
  return {
    ...choice.filters,
    sort: choice.sort,
    ...(choice.deleted ? { deleted: true } : {}),
  };
}

/** Orders that go with a choice's filters. */
export function sortsOf(entity: EntityMetadata, choice: ListChoice): readonly string[] {
  const key = Object.keys(choice.filters).join("+");
  return choice.deleted
    ? ["created_at"]
    : (entity.queries.find((query) => queryKey(query) === key)?.sorts ?? ["created_at"]);
}

/** The declared index that answers a choice; undefined where the table's own key does. */
export function servingIndex(entity: EntityMetadata, choice: ListChoice): string | undefined {
  const filters = Object.keys(choice.filters).sort().join("+");
  const sort = choice.sort.replace(/^-/, "");
  if (choice.deleted || (filters === "" && sort === "created_at")) {
    return undefined;
  }
  return entity.indexes.find(
    (index) => [...index.match].sort().join("+") === filters && index.sort === sort,
  )?.name;
}

/** The field that orders a choice, if items without a value are missing from its index. */
export function sparseSort(entity: EntityMetadata, choice: ListChoice): string | undefined {
  const name = choice.sort.replace(/^-/, "");
  const field = entity.fields.find((candidate) => candidate.name === name);
  const always = field === undefined || field.required || field.default !== undefined;
  return always || choice.deleted ? undefined : field.label;
}

/** The query that lists items by their title, for pickers; else by time of creation. */
export function pickerSort(entity: EntityMetadata, title: string | undefined): string {
  const plain = entity.queries.find(({ filters }) => filters.length === 0);
  return title !== undefined && plain?.sorts.includes(title) === true ? title : "-created_at";
}
