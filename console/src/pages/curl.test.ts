import { describe, expect, it } from "vitest";

import { curlOf } from "./curl";
import { operationsOf, schemasOf } from "./openapi";

const DOCUMENT = {
  paths: {
    "/things/{thing_id}": {
      parameters: [{ name: "thing_id", in: "path", required: true, schema: { type: "string" } }],
      get: { operationId: "get", tags: ["Things"] },
      patch: {
        operationId: "patch",
        tags: ["Things"],
        parameters: [{ name: "If-Match", in: "header", required: true, schema: { type: "string" } }],
        requestBody: {
          content: {
            "application/merge-patch+json": { schema: { $ref: "#/components/schemas/ThingPatch" } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      ThingPatch: {
        description: "What to change.",
        type: "object",
        properties: { name: { type: "string", description: "Its name." } },
        examples: [{ name: "It's $HOME" }],
      },
    },
  },
};

describe("a command", () => {
  const [get, patch] = operationsOf(DOCUMENT);

  it("reads with the token", () => {
    expect(get && curlOf(get, "http://127.0.0.1:8080")).toBe(
      'curl "http://127.0.0.1:8080/things/$THING_ID" \\\n  -H "Authorization: $TOKEN"',
    );
  });

  it("has what a request needs, and quotes its body", () => {
    expect(patch && curlOf(patch, "http://h").split(" \\\n  ")).toEqual([
      'curl -X PATCH "http://h/things/$THING_ID"',
      '-H "Authorization: $TOKEN"',
      '-H "If-Match: $IF_MATCH"',
      '-H "Content-Type: application/merge-patch+json"',
      `-d '{"name":"It'\\''s $HOME"}'`,
    ]);
  });
});

it("schemas are listed with their properties", () => {
  expect(schemasOf(DOCUMENT)).toEqual([
    {
      name: "ThingPatch",
      description: "What to change.",
      properties: [{ name: "name", type: "string", required: false, description: "Its name." }],
    },
  ]);
});
