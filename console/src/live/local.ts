/** The endpoints that `nexus-gen dev` has besides the API (docs/local-api.md). */

import type { Metadata } from "@client/core/index";
import { randomUuid } from "@client/core/random";

export interface LocalUser {
  readonly username: string;
  readonly organization: string;
  readonly roles: readonly string[];
}

export interface SignedIn {
  readonly idToken: string;
  readonly refreshToken: string;
  readonly username: string;
  readonly organization: string;
  readonly roles: readonly string[];
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly help?: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** As the terminal shows it. */
  readonly rendered: string;
}

export interface Status {
  readonly version: number;
  readonly environment: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** One call that a function made to AWS. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly table?: string;
  readonly index?: string;
  readonly keys?: readonly string[];
  readonly items?: number;
  readonly ms: number;
  readonly status: number;
}

/** One request to the API, and what it cost. */
export interface Exchange {
  readonly id: string;
  readonly session: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly calls: readonly AwsCall[];
}

/** Local endpoints answered with an error, or not at all. */
export class LocalError extends Error {
  override readonly name = "LocalError";
}

/** This page, among all that use the local API at a time. */
export const SESSION = `page-${randomUuid()}`;

export const SESSION_HEADER = "X-Console-Session";

export async function readModel(): Promise<Metadata> {
  return (await local("model.json")) as Metadata;
}

export function readOpenApi(): Promise<unknown> {
  return local("openapi.json");
}

export async function readUsers(): Promise<readonly LocalUser[]> {
  return ((await local("users")) as { users: LocalUser[] }).users;
}

export async function signIn(username: string): Promise<SignedIn> {
  return (await local("sign-in", { username })) as SignedIn;
}

export async function refresh(refreshToken: string): Promise<SignedIn> {
  return (await local("refresh", { refreshToken })) as SignedIn;
}

async function local(name: string, body?: object): Promise<unknown> {
  const response = await fetch(
    `/_local/${name}`,
    body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
        },
  ).catch(() => {
    throw new LocalError("The local API does not answer. Is `nexus-gen dev` still running?");
  });
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) {
    const said = (answer as { message?: unknown }).message;
    throw new LocalError(
      typeof said === "string" ? said : `/_local/${name} answered ${response.status}`,
    );
  }
  return answer;
}
