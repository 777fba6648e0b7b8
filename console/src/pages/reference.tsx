/** Every operation of the API, read from its OpenAPI document. */

import { useQuery } from "@tanstack/react-query";

import { readOpenApi } from "../live/local";
import { useLive } from "../live/store";
import { words } from "../model/entities";
import { Failure, Skeleton } from "../ui/states";
import { type Operation, operationsOf } from "./openapi";

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
            its JSON Pointer. <a href="/_local/openapi.json">The OpenAPI document</a> has it all.
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
    </div>
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
          <Facts
            caption="Body"
            heads={["Name", "Type", "Meaning"]}
            rows={body.map((p) => [star(p.name, p.required), p.type, p.description])}
          />
        )}
        {operation.example !== undefined && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
          <pre className="code-block" tabIndex={0} role="region" aria-label="Example of a body">
            {JSON.stringify(operation.example, null, 2)}
          </pre>
        )}
        <Facts
          caption="Answers"
          heads={["Status", "Meaning", "Body"]}
          rows={responses.map((answer) => [answer.status, answer.description, answer.schema ?? ""])}
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
  readonly rows: readonly (readonly string[])[];
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
            <tr key={row.join()}>
              {row.map((cell, position) => (
                <td key={position} className={position === 0 ? "mono" : undefined}>
                  {cell.replaceAll("`", "")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
