/** Every operation of the API, read from its OpenAPI document. */

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { readOpenApi } from "../live/local";
import { useLive } from "../live/store";
import { words } from "../model/entities";
import { Button } from "../ui/controls";
import { say } from "../ui/messages";
import { Failure, Skeleton } from "../ui/states";
import { curlOf } from "./curl";
import { type Operation, operationsOf, type Schema, schemasOf } from "./openapi";

export default function ReferencePage() {
  const { version } = useLive();
  const document = useQuery({
    queryKey: ["openapi", version ?? 0],
    queryFn: readOpenApi,
    placeholderData: (previous) => previous,
    staleTime: Infinity,
  });
  const operations = operationsOf(document.data);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>API reference</h1>
          <p>
            Entities behave alike. Errors are problem details (RFC 9457) with every fault of a body at
            its JSON Pointer. <a href="/_local/openapi.json">The OpenAPI document</a> has it all. Commands
            read your ID token from <code>$TOKEN</code>; <code>nexus-gen dev</code> prints how to get one.
          </p>
        </div>
      </header>
      {document.isPending && <Skeleton lines={8} />}
      {document.isError && document.data === undefined && (
        <Failure error={document.error} retry={() => void document.refetch()} />
      )}
      {tags.map((tag) => (
        <section className="section" key={tag} aria-label={tag}>
          <div className="section-head">
            <h2>{tag}</h2>
          </div>
          {operations
            .filter((operation) => operation.tag === tag)
            .map((operation) => (
              <OperationEntry key={operation.id} operation={operation} />
            ))}
        </section>
      ))}
      <section className="section" aria-label="Schemas">
        <div className="section-head">
          <h2>Schemas</h2>
        </div>
        {schemasOf(document.data).map((schema) => (
          <SchemaEntry key={schema.name} schema={schema} />
        ))}
      </section>
    </div>
  );
}

function schemaId(name: string): string {
  return `schema-${name}`;
}

function SchemaEntry({ schema }: { readonly schema: Schema }) {
  const { name, description, properties } = schema;
  return (
    <details className="operation" id={schemaId(name)}>
      <summary className="schema-head">
        <span className="path">{name}</span>
        <span className="small muted">{description.replaceAll("`", "")}</span>
      </summary>
      <div className="operation-body">
        <Properties caption="Members" properties={properties} />
      </div>
    </details>
  );
}

/** Open a schema further down, and go there: addresses after `#` are pages. */
function showSchema(name: string): void {
  const entry = document.getElementById(schemaId(name));
  if (entry instanceof HTMLDetailsElement) {
    entry.open = true;
    entry.scrollIntoView({ block: "start" });
    entry.querySelector("summary")?.focus();
  }
}

function Command({ operation }: { readonly operation: Operation }) {
  const command = curlOf(operation, window.location.origin);
  const copy = (): void => {
    navigator.clipboard.writeText(command).then(
      () => say("Copied."),
      () => say("The browser did not let it be copied."),
    );
  };
  return (
    <div className="command">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <pre className="code-block" tabIndex={0} role="region" aria-label="The request with curl">
        {command}
      </pre>
      <Button small icon="copy" aria-label="Copy the command" onPress={copy} />
    </div>
  );
}

function Properties(props: { readonly caption: string; readonly properties: Schema["properties"] }) {
  return (
    <Facts
      caption={props.caption}
      heads={["Name", "Type", "Meaning"]}
      rows={props.properties.map((p) => [star(p.name, p.required), p.type, p.description])}
    />
  );
}

function OperationEntry({ operation }: { readonly operation: Operation }) {
  const { method, path, summary, description, roles, parameters, body, responses } = operation;
  return (
    <details className="operation">
      <summary>
        <span className={`verb verb-${method.toLowerCase()}`}>{method}</span>
        <span className="path">{path}</span>
        <span className="small muted">{summary}</span>
      </summary>
      <div className="operation-body">
        {description !== "" && <p className="prose">{description.replaceAll("`", "")}</p>}
        <p>
          Allowed: <b>{roles.map((role) => (role === "owner" ? "who created it" : role)).join(", ")}</b>
        </p>
        {parameters.length > 0 && (
          <Facts
            caption="Parameters"
            heads={["Name", "In", "Type", "Meaning"]}
            rows={parameters.map((p) => [star(p.name, p.required), p.place, p.type, p.description])}
          />
        )}
        {body !== undefined && (
          <Properties caption="Body" properties={body} />
        )}
        {operation.example !== undefined && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
          <pre className="code-block" tabIndex={0} role="region" aria-label="Example of a body">
            {JSON.stringify(operation.example, null, 2)}
          </pre>
        )}
        <Command operation={operation} />
        <Facts
          caption="Answers"
          heads={["Status", "Meaning", "Body"]}
          rows={responses.map(({ status, description: meaning, schema }) => [
            status,
            meaning,
            schema === undefined ? (
              ""
            ) : (
              <button type="button" className="link-button" onClick={() => showSchema(schema)}>
                {schema}
              </button>
            ),
          ])}
        />
      </div>
    </details>
  );
}

function star(name: string, required: boolean): string {
  return required ? `${name} *` : name;
}

function Facts(props: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly [string, ...ReactNode[]])[];
}) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways
    <div className="table-wrap" role="region" aria-label={props.caption} tabIndex={0}>
      <table className="table table-lines">
        <caption className="table-caption">{props.caption}</caption>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th scope="col" key={head}>
                {words(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, position) => (
                <td key={position} className={position === 0 ? "mono" : undefined}>
                  {typeof cell === "string" ? cell.replaceAll("`", "") : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
