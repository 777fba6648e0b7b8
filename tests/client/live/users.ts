/** Clients of the users whose tokens the test run was given. */

import { readFileSync } from "node:fs";

import { type Client, type ClientOptions, createClient } from "../package/src/index.js";

interface Live {
  readonly apiUrl: string;
  /** `role@organization` to an ID token. */
  readonly tokens: Readonly<Record<string, string>>;
  /** What every request must carry to pass what stands before the API. */
  readonly headers: Readonly<Record<string, string>>;
}

const live = JSON.parse(readFileSync("live.json", "utf8")) as Live;

const through: typeof fetch = (input, init) => {
  const request = new Request(input, init);
  for (const [name, value] of Object.entries(live.headers)) {
    request.headers.set(name, value);
  }
  return fetch(request);
};

/** ID tokens by user. */
export const tokens = live.tokens;

/** A client of one user, by `role@organization`. */
export function clientOf(name: string, options: Partial<ClientOptions> = {}): Client {
  const token = live.tokens[name];
  if (token === undefined) {
    throw new Error(`there is no user ${name}`);
  }
  const organization = name.slice(name.indexOf("@") + 1);
  return createClient({
    apiUrl: live.apiUrl,
    organization,
    user: name,
    getToken: () => token,
    fetch: through,
    ...options,
  });
}

/** A slug that no other test and no earlier run has taken. */
export function fresh(word: string): string {
  return `${word}-${crypto.randomUUID()}`;
}
