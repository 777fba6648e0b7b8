/** The client, for every hook below. */

import { createContext, createElement, useContext, type ReactElement, type ReactNode } from "react";

import type { Client } from "./client.js";

const ClientContext = createContext<Client | undefined>(undefined);

export interface NexusProviderProps {
  readonly client: Client;
  readonly children?: ReactNode;
}

/** Gives hooks their client; TanStack's `QueryClientProvider` must be around it or inside it. */
export function NexusProvider({ client, children }: NexusProviderProps): ReactElement {
  return createElement(ClientContext.Provider, { value: client }, children);
}

/** The client of the nearest `NexusProvider`. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) {
    throw new Error("There is no <NexusProvider client={...}> around this component.");
  }
  return client;
}
