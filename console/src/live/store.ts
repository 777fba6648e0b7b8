/** What the local API reports while it runs: reloads, diagnostics, requests of this page. */

import { useSyncExternalStore } from "react";

import { type Diagnostic, type Exchange, SESSION, type Status } from "./local";

export interface Live {
  /** Undefined until the stream said it; grows with each reload. */
  readonly version: number | undefined;
  readonly environment: string;
  readonly connected: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Newest last. */
  readonly exchanges: readonly PageExchange[];
}

/** A request, and the page of the console that caused it. */
export interface PageExchange extends Exchange {
  readonly page: string;
}

const KEPT = 200;

let live: Live = {
  version: undefined,
  environment: "",
  connected: true,
  diagnostics: [],
  exchanges: [],
};
const listeners = new Set<() => void>();
let stream: EventSource | undefined;

/** What the local API reported so far; the first use opens the stream. */
export function useLive(): Live {
  return useSyncExternalStore(subscribe, () => live);
}

export function clearExchanges(): void {
  change({ exchanges: [] });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stream ??= open();
  return () => listeners.delete(listener);
}

function open(): EventSource {
  const source = new EventSource(`/_local/events?session=${SESSION}`);
  const on = (name: string, act: (data: never) => void): void => {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      act(JSON.parse(event.data) as never);
    });
  };
  on("status", ({ version, environment, diagnostics }: Status) =>
    change({ version, environment, diagnostics, connected: true }),
  );
  on("reload", ({ version }: Status) => change({ version, diagnostics: [] }));
  on("diagnostics", ({ diagnostics }: Status) => change({ diagnostics }));
  on("cleared", () => change({ diagnostics: [] }));
  on("request", (exchange: Exchange) => {
    if (exchange.session === SESSION) {
      const page = window.location.hash.split("?")[0] ?? "";
      change({ exchanges: [...live.exchanges, { ...exchange, page }].slice(-KEPT) });
    }
  });
  source.onopen = () => change({ connected: true });
  source.onerror = () => change({ connected: false });
  return source;
}

function change(what: Partial<Live>): void {
  live = { ...live, ...what };
  for (const listener of listeners) {
    listener();
  }
}
