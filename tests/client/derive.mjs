/** Derive types from OpenAPI documents with an independent tool: `node derive.mjs a.yaml b.yaml`. */

import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import openapiTypeScript, { astToString } from "openapi-typescript";
import ts from "typescript";

/** Free JSON is `unknown` to the client: a type cannot bound its levels as the document does. */
function transform(_schema, { path }) {
  if (/\/Json\.\d+$/.test(path ?? "")) {
    return ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);
  }
  return undefined;
}

for (const document of process.argv.slice(2)) {
  // Without this, a field that a request may leave out counts as given when it has a default.
  const tree = await openapiTypeScript(pathToFileURL(document), { defaultNonNullable: false, transform });
  await writeFile(document.replace(/\.yaml$/, ".ts"), astToString(tree));
}
