/**
 * The writes of one entity: shown before they are answered, sent in order, and kept against reads
 * that are older than they are.
 *
 * The query cache holds what the API answered, and nothing else. What is under way is laid over it
 * whenever it is read, so that a write which fails is taken back by no longer laying it over, and a
 * read that was under way at the same time cannot undo one that succeeded.
 */

import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

import type { Scope } from "./client.js";
import type { Item } from "./metadata.js";
import type { ItemVersion, Page } from "./operations.js";

/** A write of one item that has not ended. */
export interface PendingWrite {
  readonly id: string;
  /** The item as it will be; undefined if it will be gone. */
  readonly show: (item: Item) => Item | undefined;
}

/** What lies over everything that is read: the same object as long as nothing changes. */
export class Overlay {
  readonly #pending: readonly PendingWrite[];
  readonly #newest: ReadonlyMap<string, Item>;
  readonly #deleted: ReadonlyMap<string, number>;

  /**
   * @param pending in the order in which they began
   * @param newest what the last write of an item was answered with
   * @param deleted the version in which an item was deleted
   */
  constructor(
    pending: readonly PendingWrite[] = [],
    newest: ReadonlyMap<string, Item> = new Map(),
    deleted: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#pending = pending;
    this.#newest = newest;
    this.#deleted = deleted;
  }

  /** Whether no write is under way. */
  get idle(): boolean {
    return this.#pending.length === 0;
  }

  begun(write: PendingWrite): Overlay {
    return new Overlay([...this.#pending, write], this.#newest, this.#deleted);
  }

  ended(write: PendingWrite): Overlay {
    const others = this.#pending.filter((other) => other !== write);
    return new Overlay(others, this.#newest, this.#deleted);
  }

  answered(item: Item): Overlay {
    return new Overlay(this.#pending, new Map(this.#newest).set(item.id, item), this.#deleted);
  }

  gone({ id, version }: ItemVersion): Overlay {
    return new Overlay(this.#pending, this.#newest, new Map(this.#deleted).set(id, version));
  }

  /** An item by itself: it stays while its deletion is under way, for a page that shows it. */
  item<T extends Item>(read: T): T {
    const writes = this.#writesOf(read);
    return writes.reduce((item: Item, write) => write.show(item) ?? item, this.#latest(read)) as T;
  }

  /** A page of a list of live items. */
  page<T extends Item>(page: Page<T>): Page<T> {
    const items = page.items
      .map((item) => this.#latest(item))
      .filter(({ id, version }) => version > (this.#deleted.get(id) ?? 0))
      .map((item) => this.#shown(item))
      .filter((item) => item !== undefined);
    return { ...page, items };
  }

  #shown<T extends Item>(latest: T): T | undefined {
    let item: Item | undefined = latest;
    for (const write of this.#writesOf(latest)) {
      item &&= write.show(item);
    }
    return item as T | undefined;
  }

  #writesOf(item: Item): PendingWrite[] {
    return this.#pending.filter(({ id }) => id === item.id);
  }

  #latest<T extends Item>(read: T): T {
    const answered = this.#newest.get(read.id) as T | undefined;
    return answered !== undefined && answered.version > read.version ? answered : read;
  }
}

/** The writes of one entity below certain parents, of all components together. */
export class WriteLog {
  #overlay = new Overlay();
  readonly #listeners = new Set<() => void>();
  readonly #queues = new Map<string, Promise<unknown>>();
  /** What each version became by a write of ours: `id/version` to version. */
  readonly #successors = new Map<string, number>();

  get overlay(): Overlay {
    return this.#overlay;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Show a write from now on, until its end. */
  begin(write: PendingWrite): PendingWrite {
    this.#become(this.#overlay.begun(write));
    return write;
  }

  end(write: PendingWrite): void {
    this.#become(this.#overlay.ended(write));
  }

  /**
   * Send a write of an item when those that came before it have been answered.
   *
   * @param item as the caller read it
   * @param write sends it for the version that the writes before have brought; what somebody else
   * wrote in between is still not written over. It answers with the item, or with nothing if the
   * item is gone.
   */
  async send<A extends Item | undefined>(
    item: ItemVersion,
    write: (current: ItemVersion) => Promise<A>,
  ): Promise<A> {
    const before = this.#queues.get(item.id);
    const sent = (async () => {
      await before;
      const current = this.#lastOf(item);
      const answer = await write(current);
      this.#settle(current, answer);
      return answer;
    })();
    const ended = sent.catch(() => undefined);
    this.#queues.set(item.id, ended);
    try {
      return await sent;
    } finally {
      if (this.#queues.get(item.id) === ended) {
        this.#queues.delete(item.id);
      }
    }
  }

  #lastOf({ id, version }: ItemVersion): ItemVersion {
    let last = version;
    for (let next: number | undefined = last; next !== undefined; ) {
      last = next;
      next = this.#successors.get(`${id}/${String(last)}`);
    }
    return { id, version: last };
  }

  #settle(sent: ItemVersion, answer: Item | undefined): void {
    if (answer === undefined) {
      this.#become(this.#overlay.gone(sent));
    } else {
      if (answer.version !== sent.version) {
        // A write that changes nothing brings no version.
        this.#successors.set(`${sent.id}/${String(sent.version)}`, answer.version);
      }
      this.#become(this.#overlay.answered(answer));
    }
  }

  #become(overlay: Overlay): void {
    this.#overlay = overlay;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

const logs = new WeakMap<QueryClient, Map<string, WriteLog>>();

/** The one log of an entity below its parents, for whoever is signed in. */
export function writeLog(
  queries: QueryClient,
  { organization, user }: Scope,
  entity: string,
  parents: Readonly<Record<string, string>>,
): WriteLog {
  const known = logs.get(queries) ?? new Map<string, WriteLog>();
  logs.set(queries, known);
  const key = JSON.stringify([organization, user, entity, Object.entries(parents).sort()]);
  const log = known.get(key) ?? new WriteLog();
  known.set(key, log);
  return log;
}

/** What lies over what a component reads; it renders again when that changes. */
export function useOverlay(log: WriteLog): Overlay {
  return useSyncExternalStore(
    log.subscribe,
    () => log.overlay,
    () => log.overlay,
  );
}
