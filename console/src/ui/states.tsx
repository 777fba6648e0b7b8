/** What stands in for content: loading, nothing there, something wrong. */

import { ApiError, NetworkError, NotFoundError, PermissionError } from "@client/core/index";
import type { ReactNode } from "react";

import { Button } from "./controls";

interface StateProps {
  /** It is all that the page shows, so its heading is the page's. */
  readonly whole?: boolean;
}

export function Empty(
  props: StateProps & { readonly title: string; readonly children?: ReactNode },
) {
  return (
    <div className="state">
      <Title {...props}>{props.title}</Title>
      {props.children}
    </div>
  );
}

const HEADINGS: readonly [new (...args: never[]) => Error, string][] = [
  [NotFoundError, "Not found"],
  [PermissionError, "Not yours to see"],
  [NetworkError, "No answer"],
];

/** What went wrong in words, with the request's id for the log and a way to try again. */
export function Failure(props: StateProps & { readonly error: Error; readonly retry?: () => void }) {
  const { error, retry } = props;
  const heading = HEADINGS.find(([kind]) => error instanceof kind)?.[1] ?? "That did not work";
  return (
    <div className="state" role="alert">
      <Title {...props}>{heading}</Title>
      <p>{explain(error)}</p>
      {error instanceof ApiError && error.requestId !== undefined && (
        <p className="mono muted">request {error.requestId}</p>
      )}
      {retry !== undefined && !(error instanceof NotFoundError) && (
        <Button icon="restore" onPress={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function Title({ whole = false, children }: StateProps & { readonly children: ReactNode }) {
  return whole ? <h1>{children}</h1> : <h2>{children}</h2>;
}

export function explain(error: Error): string {
  if (error instanceof NotFoundError) {
    return "There is no such item in this organization. It may have been deleted, or it belongs to another one: the API answers both alike.";
  }
  if (error instanceof NetworkError) {
    return "The API gave no answer. Is nexus-gen dev still running?";
  }
  return error.message;
}

export function Skeleton(props: { readonly lines: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: props.lines }, (_, line) => (
        <p key={line} style={{ padding: "14px 0" }}>
          <span className="skeleton" style={{ width: `${[62, 84, 47, 71][line % 4] ?? 60}%` }} />
        </p>
      ))}
    </div>
  );
}
