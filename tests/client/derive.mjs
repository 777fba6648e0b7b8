/** Derive types from OpenAPI documents with an independent tool: `node derive.mjs a.yaml b.yaml`. */

import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import openapiTypeScript, { astToString } from "openapi-typescript";

for (const document of process.argv.slice(2)) {
  // Without this, a field that a request may leave out counts as given when it has a default.
  const tree = await openapiTypeScript(pathToFileURL(document), { defaultNonNullable: false });
  await writeFile(document.replace(/\.yaml$/, ".ts"), astToString(tree));
}
