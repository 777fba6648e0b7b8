/** An API in memory that behaves as the generated one does, and can be told to fail. */

import { type Client, type ClientOptions, createClient } from "../package/src/index.js";

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

type Stored = Record<string, unknown> & { id: string; version: number };
type Fault = (request: Recorded) => Response | Error | undefined;

const STAMPS = {
  created_at: "2026-01-01T00:00:00.000000Z",
  created_by: "ada",
  updated_at: "2026-01-01T00:00:00.000000Z",
  updated_by: "ada",
};

const TIMES = {
  deleted_at: "2026-01-02T00:00:00.000000Z",
  restorable_until: "2026-02-01T00:00:00.000000Z",
};

export class StubApi {
  readonly requests: Recorded[] = [];
  readonly #live = new Map<string, Stored>();
  readonly #trash = new Map<string, Stored>();
  readonly #answers = new Map<string, Stored>();
  readonly #faults: Fault[] = [];

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const text = await request.text();
    const recorded: Recorded = {
      method: request.method,
      path: decodeURIComponent(url.pathname),
      search: url.searchParams,
      headers: request.headers,
      body: text === "" ? undefined : (JSON.parse(text) as unknown),
    };
    this.requests.push(recorded);
    const fault = this.#faults.shift()?.(recorded);
    if (fault instanceof Error) {
      throw fault;
    }
    return fault ?? this.#answer(recorded);
  };

  /** A client of this API; tokens are `token-1`, `token-2`, ... in the order of refreshes. */
  client(options: Partial<ClientOptions> = {}): Client {
    let token = 1;
    return createClient({
      apiUrl: "https://api.example.org/dev/",
      organization: "acme",
      user: "ada",
      getToken: ({ refresh }) => `token-${String(refresh ? ++token : token)}`,
      fetch: this.fetch,
      ...options,
    });
  }

  /** Let the next request meet a fault; after it has had its effect if `after`. */
  failNext(fault: Response | Error, { after = false } = {}): void {
    this.#faults.push((request) => {
      if (after) {
        this.#answer(request);
      }
      return fault;
    });
  }

  /** Items there are, by their path. */
  seed(collection: string, ...items: Record<string, unknown>[]): Stored[] {
    return items.map((item, at) => {
      const stored = { ...STAMPS, version: 1, ...item, id: (item["id"] as string | undefined) ?? String(at) };
      this.#live.set(`/dev${collection}/${stored.id}`, stored);
      return stored;
    });
  }

  /** Requests of a method, in order. */
  of(method: string): Recorded[] {
    return this.requests.filter((request) => request.method === method);
  }

  #answer(request: Recorded): Response {
    switch (request.method) {
      case "GET":
        return this.#live.has(request.path) ? this.#get(request) : this.#list(request);
      case "POST":
        return request.path.endsWith("/restore") ? this.#restore(request) : this.#create(request);
      case "PATCH":
        return this.#update(request);
      default:
        return this.#delete(request);
    }
  }

  #get(request: Recorded): Response {
    const item = this.#live.get(request.path);
    if (item === undefined) {
      return problem(404, "not_found");
    }
    const unchanged = request.headers.get("if-none-match") === `"${String(item.version)}"`;
    return unchanged ? new Response(null, { status: 304 }) : json(200, item);
  }

  #list({ path, search }: Recorded): Response {
    if (/\/[a-z]+\/\d+$/.test(path)) {
      return problem(404, "not_found");
    }
    const deleted = search.get("deleted") === "true";
    const from = deleted ? this.#trash : this.#live;
    const all = [...from].filter(([key]) => key.slice(0, key.lastIndexOf("/")) === path);
    const start = Number(search.get("cursor") ?? 0);
    const end = start + Number(search.get("limit") ?? 20);
    const items = all.slice(start, end).map(([, item]) => (deleted ? { ...item, ...TIMES } : item));
    return json(200, { items, next_cursor: end < all.length ? String(end) : null });
  }

  #create({ path, headers, body }: Recorded): Response {
    const key = headers.get("idempotency-key") ?? "";
    const earlier = this.#answers.get(key);
    if (earlier !== undefined) {
      return json(201, earlier);
    }
    const id = String(this.#live.size + this.#trash.size + 100);
    const item = { ...STAMPS, ...(body as object), id, version: 1 };
    this.#live.set(`${path}/${id}`, item);
    this.#answers.set(key, item);
    return json(201, item);
  }

  #update({ path, headers, body }: Recorded): Response {
    const item = this.#live.get(path);
    if (item === undefined) {
      return problem(404, "not_found");
    }
    if (headers.get("if-match") !== `"${String(item.version)}"`) {
      return problem(412, "precondition_failed");
    }
    const patched = { ...item, ...(body as object) };
    if (JSON.stringify(patched) === JSON.stringify(item)) {
      return json(200, item); // nothing changes, and no version comes
    }
    const changed = { ...patched, version: item.version + 1 };
    this.#live.set(path, changed);
    return json(200, changed);
  }

  #delete({ path, headers }: Recorded): Response {
    const item = this.#live.get(path);
    if (item === undefined) {
      return problem(404, "not_found");
    }
    if (headers.get("if-match") !== `"${String(item.version)}"`) {
      return problem(412, "precondition_failed");
    }
    this.#live.delete(path);
    this.#trash.set(path, item);
    return new Response(null, { status: 204 });
  }

  #restore({ path }: Recorded): Response {
    const from = path.replace(/\/restore$/, "");
    const item = this.#trash.get(from);
    if (item === undefined) {
      return problem(409, "not_deleted");
    }
    const live = { ...item, version: item.version + 1 };
    this.#trash.delete(from);
    this.#live.set(from, live);
    return json(200, live);
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

export function problem(
  status: number,
  code: string,
  errors: readonly object[] = [],
  headers: Record<string, string> = {},
): Response {
  const body = { type: "about:blank", status, code, detail: `It is ${code}.`, request_id: "r-1" };
  return json(status, { ...body, errors }, headers);
}
