/** Reading the OpenAPI document for its reader: references followed, words picked out. */

import { own } from "@client/core/json";

import { isMembers } from "../form/json";

type Members = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly roles: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: readonly Property[] | undefined;
  /** Media type of the body. */
  readonly mediaType: string | undefined;
  readonly example: unknown;
  readonly responses: readonly Answer[];
}

export interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly description: string;
  readonly type: string;
}

/** A schema of `components`, by the name that answers refer to. */
export interface Schema {
  readonly name: string;
  readonly description: string;
  readonly properties: readonly Property[];
}

export interface Property {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

export interface Answer {
  readonly status: string;
  readonly description: string;
  readonly schema: string | undefined;
}

const METHODS = ["get", "post", "patch", "put", "delete"];

export function operationsOf(document: unknown): Operation[] {
  const root = members(document);
  return Object.entries(members(root["paths"])).flatMap(([path, item]) => {
    const shared = list(members(item)["parameters"]);
    return METHODS.filter((method) => method in members(item)).map((method) =>
      operationOf(root, path, method, members(members(item)[method]), shared),
    );
  });
}

export function schemasOf(document: unknown): Schema[] {
  const root = members(document);
  return Object.entries(members(members(root["components"])["schemas"])).map(([name, value]) => {
    const schema = follow(root, value);
    return { name, description: text(schema["description"]), properties: propertiesOf(root, schema) };
  });
}

function operationOf(
  root: Members,
  path: string,
  method: string,
  operation: Members,
  shared: readonly unknown[],
): Operation {
  const schema = firstSchema(root, follow(root, operation["requestBody"]));
  const parameters = [...shared, ...list(operation["parameters"])];
  return {
    id: text(operation["operationId"]) || `${method} ${path}`,
    tag: text(list(operation["tags"])[0]),
    method: method.toUpperCase(),
    path,
    summary: text(operation["summary"]),
    description: text(operation["description"]),
    roles: list(operation["x-allowed-roles"]).map(text),
    parameters: parameters.map((parameter) => parameterOf(follow(root, parameter))),
    body: schema === undefined ? undefined : propertiesOf(root, schema),
    mediaType: Object.keys(members(follow(root, operation["requestBody"])["content"]))[0],
    example: list(schema?.["examples"])[0],
    responses: Object.entries(members(operation["responses"])).map(([status, response]) => {
      const answer = follow(root, response);
      return { status, description: text(answer["description"]), schema: schemaName(answer) };
    }),
  };
}

function parameterOf(parameter: Members): Parameter {
  return {
    name: text(parameter["name"]),
    place: text(parameter["in"]),
    required: parameter["required"] === true,
    description: text(parameter["description"]),
    type: typeOf(members(parameter["schema"])),
  };
}

function propertiesOf(root: Members, schema: Members): Property[] {
  const required = list(schema["required"]);
  return Object.entries(members(schema["properties"])).map(([name, property]) => {
    const described = follow(root, property);
    return {
      name,
      type: typeOf(described),
      required: required.includes(name),
      description: text(described["description"]),
    };
  });
}

/** A schema in few words: `string (date) or null`, `beginner | advanced`. */
function typeOf(schema: Members): string {
  const values = list(schema["enum"]);
  if (values.length > 0) {
    return values.map((value) => (value === null ? "null" : text(value))).join(" | ");
  }
  const types = list(schema["type"]).length > 0 ? list(schema["type"]) : [schema["type"]];
  const named = types
    .map((type) => (type === "array" ? `list of ${typeOf(members(schema["items"]))}` : text(type)))
    .filter((type) => type !== "");
  const format = text(schema["format"]);
  const nullable = named.includes("null") ? " or null" : "";
  const plain = named.filter((type) => type !== "null").join(" or ") || "anything";
  return `${plain}${format === "" ? "" : ` (${format})`}${nullable}`;
}

function firstSchema(root: Members, body: Members): Members | undefined {
  const content = Object.values(members(body["content"]))[0];
  const schema = members(content)["schema"];
  return schema === undefined ? undefined : follow(root, schema);
}

function schemaName(answer: Members): string | undefined {
  const schema = members(members(Object.values(members(answer["content"]))[0])["schema"]);
  return text(schema["$ref"]).split("/").at(-1) || undefined;
}

/** What a value is, or what it points to within the document. */
function follow(root: Members, value: unknown): Members {
  const reference = text(members(value)["$ref"]);
  if (!reference.startsWith("#/")) {
    return members(value);
  }
  const parts = reference.slice(2).split("/");
  return members(parts.reduce<unknown>((at, part) => own(members(at), part.replaceAll("~1", "/")), root));
}

function members(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
