/** A request as a line for a shell. */

import type { Operation } from "./openapi";

/**
 * The command that sends an operation's request.
 *
 * It reads the ID token from `$TOKEN`; ids in the path and headers that must be there are left to
 * fill in, as `$COURSE_ID` and `$IF_MATCH`.
 */
export function curlOf(operation: Operation, origin: string): string {
  const { method, path, parameters, example, mediaType } = operation;
  const url = `${origin}${path.replace(/\{(\w+)\}/g, (_, name: string) => variable(name))}`;
  const required = parameters.filter(({ required, place }) => required && place === "header");
  const parts = [
    `curl${method === "GET" ? "" : ` -X ${method}`} "${url}"`,
    `-H "Authorization: $TOKEN"`,
    ...required.map(({ name }) => `-H "${name}: ${variable(name)}"`),
    ...(mediaType === undefined || example === undefined
      ? []
      : [`-H "Content-Type: ${mediaType}"`, `-d ${quoted(JSON.stringify(example))}`]),
  ];
  return parts.join(" \\\n  ");
}

function variable(name: string): string {
  return `$${name.replaceAll("-", "_").toUpperCase()}`;
}

/** One word for a shell (POSIX.1-2017, 2.2.2): nothing within single quotes means anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
