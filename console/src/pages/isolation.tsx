/** Two organizations side by side, each through its own token: neither sees the other's data. */

import {
  type EntityMetadata,
  NexusProvider,
  NotFoundError,
  useEntity,
  useEntityList,
} from "@client/core/index";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { AnyItem } from "../form/merge";
import { signIn } from "../live/local";
import { may } from "../model/access";
import { capitalized, itemPath, places, titleOf } from "../model/entities";
import { useIdentity, useModel, useSession } from "../session/context";
import { hueOf, type Session, sessionOf } from "../session/tokens";
import { useUsers } from "../session/user-menu";
import { Select } from "../ui/controls";
import { Failure, Skeleton } from "../ui/states";

export default function IsolationPage() {
  const model = useModel();
  const { session } = useSession();
  const other = useOtherSession();
  const entities = places(model)
    .map(({ entity }) => entity)
    .filter((entity) => entity.parents.length === 0);
  const [key, setKey] = useState(entities.find(({ softDelete }) => softDelete !== null)?.key);
  const entity = entities.find((candidate) => candidate.key === key) ?? entities[0];
  if (entity === undefined || session === undefined) {
    return null;
  }
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>Isolation</h1>
          <p>
            The same requests, sent with the tokens of two organizations. The organization comes
            from the token alone; an item of the other one is answered like one that never was.
          </p>
        </div>
        <Select
          label="Entity"
          value={entity.key}
          choices={entities.map(({ key: id, pluralLabel }) => ({ id, label: capitalized(pluralLabel) }))}
          onChange={setKey}
        />
      </header>
      {other.isPending && <Skeleton lines={5} />}
      {other.isError && <Failure error={other.error} retry={() => void other.refetch()} />}
      {other.data !== undefined && (
        <div className="columns">
          <Column key={`${entity.key} mine`} entity={entity} session={session} stranger={other.data} />
          <Column key={`${entity.key} other`} entity={entity} session={other.data} stranger={session} />
        </div>
      )}
    </div>
  );
}

/** A user of another organization, with the roles of the one that is signed in where there is one. */
function useOtherSession() {
  const identity = useIdentity();
  const { data: users = [] } = useUsers();
  const strangers = users.filter(({ organization }) => organization !== identity.organization);
  const stranger =
    strangers.find(({ roles }) => roles.some((role) => identity.roles.includes(role))) ??
    strangers[0];
  return useQuery({
    queryKey: ["other session", stranger?.username ?? ""],
    queryFn: async () => sessionOf(await signIn(stranger?.username ?? ""), () => undefined),
    enabled: stranger !== undefined,
    staleTime: Infinity,
  });
}

interface ColumnProps {
  readonly entity: EntityMetadata;
  readonly session: Session;
  readonly stranger: Session;
}

function Column({ entity, session, stranger }: ColumnProps) {
  const { organization, email } = session.identity;
  const hue = { "--tenant-hue": hueOf(organization) } as React.CSSProperties;
  return (
    <section className="tenant-column tenant" style={hue} aria-label={organization}>
      <h2>
        <span className="org-dot" aria-hidden="true" />
        {organization}
      </h2>
      <p className="muted small">{email}</p>
      <NexusProvider client={session.client}>
        {may(entity, "read", session.identity) ? (
          <Listed entity={entity} stranger={stranger} />
        ) : (
          <p className="muted">These roles may not read {entity.pluralLabel}.</p>
        )}
      </NexusProvider>
    </section>
  );
}

const SHOWN = 5;

function Listed({ entity, stranger }: Omit<ColumnProps, "session">) {
  const list = useEntityList(entity, {}, { sort: "-created_at", limit: SHOWN });
  if (list.isPending) {
    return <Skeleton lines={3} />;
  }
  if (list.isError) {
    return <Failure error={list.error} />;
  }
  const items = list.data.items.slice(0, SHOWN);
  return (
    <>
      <table className="table">
        <caption className="visually-hidden">Newest {entity.pluralLabel}</caption>
        <thead>
          <tr>
            <th scope="col">{capitalized(entity.label)}</th>
            <th scope="col">Asked for by {stranger.identity.organization}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>{titleOf(entity, item)}</td>
              <td>
                <NexusProvider client={stranger.client}>
                  <Probe entity={entity} item={item} />
                </NexusProvider>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length === 0 && <p className="muted">No {entity.pluralLabel}.</p>}
    </>
  );
}

/** What the other organization's token gets for this item. */
function Probe({ entity, item }: { readonly entity: EntityMetadata; readonly item: AnyItem }) {
  const answer = useEntity(entity, {}, item.id, { staleTime: Infinity });
  const path = itemPath(entity, {}, item.id);
  if (answer.isPending) {
    return <span className="muted">asking…</span>;
  }
  if (answer.error instanceof NotFoundError) {
    return (
      <span className="status-ok" title={`GET ${path}`}>
        404, not found
      </span>
    );
  }
  return (
    <strong className="status-bad" title={`GET ${path}`}>
      {answer.error?.message ?? "It was answered: isolation is broken."}
    </strong>
  );
}
