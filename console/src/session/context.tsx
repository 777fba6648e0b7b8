/** The session and the model, for every page. */

import { type Metadata, NexusProvider } from "@client/core/index";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

import { readModel, signIn } from "../live/local";
import { useLive } from "../live/store";
import type { Identity } from "../model/access";
import { dropSession, keepSession, type Session, storedSession } from "./tokens";

interface SessionValue {
  readonly session: Session | undefined;
  readonly signInAs: (username: string) => Promise<void>;
  readonly signOut: () => void;
}

const SessionContext = createContext<SessionValue | undefined>(undefined);
const ModelContext = createContext<Metadata | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState(storedSession);
  const queries = useQueryClient();
  const signInAs = useCallback(async (username: string) => {
    setSession(keepSession(await signIn(username)));
  }, []);
  const signOut = useCallback(() => {
    dropSession();
    setSession(undefined);
    queries.removeQueries({ queryKey: ["nexus"] });
  }, [queries]);
  const value = useMemo(() => ({ session, signInAs, signOut }), [session, signInAs, signOut]);
  return <SessionContext.Provider value={value}>{children}</SessionContext.Provider>;
}

/** Gives the pages below it the client of a session. */
export function SignedIn({ session, children }: { session: Session; children: ReactNode }) {
  return <NexusProvider client={session.client}>{children}</NexusProvider>;
}

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === undefined) {
    throw new Error("There is no <SessionProvider> around this component.");
  }
  return value;
}

export function useIdentity(): Identity {
  const { session } = useSession();
  if (session === undefined) {
    throw new Error("Nobody is signed in.");
  }
  return session.identity;
}

/** The model of the last good build; fetched again when a saved spec was built. */
export function useModelQuery() {
  const { version } = useLive();
  return useQuery({
    queryKey: ["model", version ?? 0],
    queryFn: readModel,
    placeholderData: (previous) => previous,
    staleTime: Infinity,
  });
}

export function ModelProvider(props: { readonly model: Metadata; readonly children: ReactNode }) {
  return <ModelContext.Provider value={props.model}>{props.children}</ModelContext.Provider>;
}

export function useModel(): Metadata {
  const model = useContext(ModelContext);
  if (model === undefined) {
    throw new Error("There is no <ModelProvider> around this component.");
  }
  return model;
}
