/** Signing in to `nexus-gen dev`. A bundle for production has `absent.ts` in its place. */

import { type Client, createClient } from "../core/client.js";
import { parsed } from "../core/json.js";

export interface LocalSession {
  /** For `NexusProvider`, with tokens of the user that are renewed as needed. */
  readonly client: Client;
  readonly username: string;
  readonly organization: string;
  readonly roles: readonly string[];
}

export interface LocalOptions {
  /** The address that `nexus-gen dev` prints; `http://127.0.0.1:8080` unless said otherwise. */
  readonly url?: string;
  /** Of the user; that of the ready-made ones unless said otherwise. */
  readonly password?: string;
}

interface Tokens extends Omit<LocalSession, "client"> {
  readonly idToken: string;
  readonly refreshToken: string;
  readonly user: string;
}

interface Config {
  readonly apiUrl: string;
  readonly local: { readonly signIn: string; readonly refresh: string };
}

/** Sign in as a user of the local user pool, such as `admin@acme.example`. */
export async function signIn(username: string, options: LocalOptions = {}): Promise<LocalSession> {
  const { url = "http://127.0.0.1:8080", password } = options;
  const { apiUrl, local } = (await ask(`${url}/config.json`)) as Config;
  let tokens = (await ask(local.signIn, { username, password })) as Tokens;
  const { user, organization, roles } = tokens;
  const getToken = async ({ refresh }: { readonly refresh: boolean }): Promise<string> => {
    if (refresh) {
      tokens = (await ask(local.refresh, { refreshToken: tokens.refreshToken })) as Tokens;
    }
    return tokens.idToken;
  };
  const client = createClient({ apiUrl, organization, user, getToken });
  return { client, username: tokens.username, organization, roles };
}

async function ask(url: string, body?: object): Promise<unknown> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(url, init).catch((cause: unknown) => {
    const hint = "Does nexus-gen dev run there, and is the origin of this page in cors_origins?";
    throw new Error(`${url} gives no answer. ${hint}`, { cause });
  });
  if (!response.ok) {
    throw new Error(`${url} answered ${String(response.status)}: ${await response.text()}`);
  }
  return parsed(response, await response.text());
}
