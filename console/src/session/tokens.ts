/** Who is signed in, in this tab alone: two tabs may hold two organizations side by side. */

import { type Client, createClient } from "@client/core/index";

import { refresh, SESSION, SESSION_HEADER, type SignedIn } from "../live/local";
import type { Identity } from "../model/access";

const KEY = "console.session";

export interface Session {
  readonly identity: Identity;
  readonly client: Client;
}

/** The session that this tab kept over a reload of the page. */
export function storedSession(): Session | undefined {
  const text = sessionStorage.getItem(KEY);
  if (text === null) {
    return undefined;
  }
  try {
    return sessionOf(JSON.parse(text) as SignedIn, store);
  } catch {
    sessionStorage.removeItem(KEY);
    return undefined;
  }
}

export function keepSession(signedIn: SignedIn): Session {
  store(signedIn);
  return sessionOf(signedIn, store);
}

export function dropSession(): void {
  sessionStorage.removeItem(KEY);
}

function store(signedIn: SignedIn): void {
  sessionStorage.setItem(KEY, JSON.stringify(signedIn));
}

/** A client that speaks for one user. `keep` is told of each new token. */
export function sessionOf(signedIn: SignedIn, keep: (signedIn: SignedIn) => void): Session {
  let current = signedIn;
  const identity = {
    user: subject(signedIn.idToken),
    email: signedIn.username,
    organization: signedIn.organization,
    roles: signedIn.roles,
  };
  const client = createClient({
    apiUrl: window.location.origin,
    organization: identity.organization,
    user: identity.user,
    getToken: async (options) => {
      if (options.refresh) {
        const renewed = await refresh(current.refreshToken);
        current = { ...current, ...renewed, refreshToken: renewed.refreshToken || current.refreshToken };
        keep(current);
      }
      return current.idToken;
    },
    fetch: (input, init) => {
      const request = new Request(input, init);
      request.headers.set(SESSION_HEADER, SESSION);
      return fetch(request);
    },
  });
  return { identity, client };
}

/** The claim `sub` of a token. Nothing is verified here: the API does that. */
function subject(token: string): string {
  const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  const claims = JSON.parse(atob(part)) as { sub?: unknown };
  if (typeof claims.sub !== "string") {
    throw new TypeError("The token names no user.");
  }
  return claims.sub;
}

/** Hues far enough apart to be told from each other at a glance. */
const HUES = [35, 330, 90, 150, 205, 262] as const;

/** A hue of the colour wheel for an organization, so that people see where they are. */
export function hueOf(organization: string): number {
  let hash = 7;
  for (const letter of organization) {
    hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3_600;
  }
  return HUES[hash % HUES.length] ?? HUES[0];
}
