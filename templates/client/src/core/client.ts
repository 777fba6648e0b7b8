/** Requests to the API: the token, what is repeated and what is not, answers and errors. */

import ky, { HTTPError, type Options } from "ky";

import { AuthenticationError, errorOf, NetworkError } from "./errors.js";
import { parsed, serialized } from "./json.js";

/** Whose data the caches hold: every query key begins with it. */
export interface Scope {
  readonly organization: string;
  readonly user: string;
}

/**
 * Gives the ID token of the user pool. `refresh` is true when the API refused the last one: give
 * another, or throw.
 */
export type TokenProvider = (options: { readonly refresh: boolean }) => string | Promise<string>;

export interface ClientOptions {
  /** URL of the API with its stage: `https://abc.execute-api.us-east-1.amazonaws.com/dev`. */
  readonly apiUrl: string;
  readonly getToken: TokenProvider;
  /** The signed-in user's organization; it keeps caches apart, the API reads the token alone. */
  readonly organization: string;
  /** The signed-in user (`sub`), for the same purpose. */
  readonly user: string;
  /** Repetitions of a request that may be repeated; 2 unless said otherwise. */
  readonly retries?: number;
  /** Milliseconds for a request with its repetitions; 30,000 unless said otherwise. */
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
}

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the API's URL, with a leading slash. */
  readonly path: string;
  readonly search?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything that JSON can say; the member itself is left out where there is no body. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  /** The parsed body, `undefined` where there is none. */
  readonly body: unknown;
}

export interface Client {
  readonly scope: Scope;
  /** Rejects with a `ClientError`; with the signal's reason when it was aborted. */
  send(request: ApiRequest): Promise<ApiAnswer>;
}

const RETRIES = 2;
const TIMEOUT = 30_000;
const LONGEST_WAIT = 10_000;
const NOTHING_DECIDED = [429, 503];
const OUTCOME_UNKNOWN = [502, 504];
const WITHOUT_BODY = [204, 304];

/** A client of one user in one organization. Make another when somebody else signs in. */
export function createClient(options: ClientOptions): Client {
  const scope = { organization: options.organization, user: options.user };
  return {
    scope,
    async send(request) {
      const body = "body" in request ? serialized(request.body) : undefined;
      const attempt = async (refresh: boolean): Promise<ApiAnswer> =>
        exchange(options, request, body, await options.getToken({ refresh }));
      try {
        return await attempt(false);
      } catch (error) {
        if (!(error instanceof AuthenticationError)) {
          throw error;
        }
        return attempt(true);
      }
    },
  };
}

async function exchange(
  options: ClientOptions,
  request: ApiRequest,
  body: string | undefined,
  token: string,
): Promise<ApiAnswer> {
  const url = address(options.apiUrl, request);
  let response: Response;
  let text: string;
  try {
    response = await ky(url, settings(options, request, body, token));
    text = await response.text();
  } catch (error) {
    if (error instanceof HTTPError) {
      throw await errorOf(error.response);
    }
    if (request.signal?.aborted === true) {
      throw error;
    }
    throw new NetworkError("The API gave no answer.", { cause: error });
  }
  const hasBody = !WITHOUT_BODY.includes(response.status);
  return { status: response.status, body: hasBody ? parsed(response, text) : undefined };
}

function address(apiUrl: string, request: ApiRequest): string {
  const search = request.search?.toString() ?? "";
  return `${apiUrl.replace(/\/+$/, "")}${request.path}${search === "" ? "" : `?${search}`}`;
}

function settings(
  options: ClientOptions,
  request: ApiRequest,
  body: string | undefined,
  token: string,
): Options {
  const headers: Record<string, string> = { ...request.headers, Authorization: `Bearer ${token}` };
  if (body !== undefined) {
    headers["Content-Type"] ??= "application/json";
  }
  return {
    method: request.method,
    headers,
    cache: "no-store",
    timeout: options.timeout ?? TIMEOUT,
    throwHttpErrors: (status) => status !== 304,
    retry: retry(options.retries ?? RETRIES, isRepeatable(request)),
    ...(body === undefined ? {} : { body }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  };
}

/**
 * A request whose outcome is unknown is sent again only if that cannot do anything twice, nor turn
 * its own success into a refusal (a repeated `If-Match` gives 412, a repeated delete 404).
 */
function isRepeatable(request: ApiRequest): boolean {
  return request.method === "GET" || request.headers?.["Idempotency-Key"] !== undefined;
}

function retry(limit: number, repeatable: boolean): NonNullable<Options["retry"]> {
  return {
    limit,
    methods: ["get", "post", "patch", "delete"],
    statusCodes: repeatable ? [...NOTHING_DECIDED, ...OUTCOME_UNKNOWN] : NOTHING_DECIDED,
    afterStatusCodes: NOTHING_DECIDED,
    maxRetryAfter: LONGEST_WAIT,
    backoffLimit: LONGEST_WAIT,
    jitter: (delay) => delay * (0.5 + Math.random() / 2),
    retryOnTimeout: false,
    // Without an opinion of ours (`undefined`), the settings above decide.
    shouldRetry: ({ error }) => (error instanceof HTTPError || repeatable ? undefined : false),
  };
}
