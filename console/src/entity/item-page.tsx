/** The page of one item: its fields, what lies within it, and what refers to it. */

import { type EntityMetadata, useEntity } from "@client/core/index";
import { own } from "@client/core/json";
import { useNavigate } from "react-router";

import type { AnyItem } from "../form/merge";
import { may, offers, offersOn } from "../model/access";
import {
  type Backlink,
  backlinksOf,
  capitalized,
  childrenOf,
  collectionPath,
  itemPath,
  type Location,
  titleField,
  titleOf,
} from "../model/entities";
import { readChoice } from "../model/queries";
import { useIdentity, useModel } from "../session/context";
import { Button, LinkButton } from "../ui/controls";
import { Failure, Skeleton } from "../ui/states";
import { Items } from "./list-page";
import { useRemoval } from "./removal";
import { Fact, When } from "./values";

export function ItemPage({ location }: { readonly location: Location }) {
  const { entity, parents, id } = location;
  const query = useEntity(entity, parents, id);
  return (
    <div className="page">
      {query.isPending && <Skeleton lines={8} />}
      {query.data === undefined && query.isError && (
        <Failure whole error={query.error} retry={() => void query.refetch()} />
      )}
      {query.data !== undefined && <Item {...{ entity, parents }} item={query.data} />}
    </div>
  );
}

interface ItemProps {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly item: AnyItem;
}

function Item({ entity, parents, item }: ItemProps) {
  const path = itemPath(entity, parents, item.id);
  const title = titleField(entity);
  return (
    <>
      <header className="page-head">
        <div className="page-title">
          <h1>{titleOf(entity, item)}</h1>
          <p className="api-line">
            <b>GET</b>
            <span>{path}</span>
            <span>ETag &quot;{item.version}&quot;</span>
          </p>
        </div>
        <Actions {...{ entity, parents, item }} />
      </header>
      <dl className="facts">
        {entity.fields
          .filter((field) => field !== title)
          .map((field) => (
            <Fact key={field.name} name={field.label} type={field} value={own(item, field.name)} />
          ))}
      </dl>
      <Stamps item={item} />
      <Related {...{ entity, parents, item }} />
    </>
  );
}

function Actions({ entity, parents, item }: ItemProps) {
  const identity = useIdentity();
  const navigate = useNavigate();
  const removal = useRemoval(entity, parents, () => void navigate(collectionPath(entity, parents)));
  const can = (action: "update" | "delete"): boolean => offersOn(entity, action, identity, item);
  return (
    <div className="page-actions">
      {can("delete") && (
        <Button look="danger" icon="trash" onPress={() => removal.remove(item)}>
          Delete
        </Button>
      )}
      {can("update") && (
        <LinkButton look="primary" icon="edit" to={`${itemPath(entity, parents, item.id)}/edit`}>
          Edit
        </LinkButton>
      )}
      {removal.question}
    </div>
  );
}

function Stamps({ item }: { readonly item: AnyItem }) {
  const { user } = useIdentity();
  const who = (id: string): string => (id === user ? "you" : "another user");
  return (
    <p className="meta-line">
      <span>
        Created <When instant={item.created_at} /> by {who(item.created_by)}
      </span>
      {item.version > 1 && (
        <span>
          Changed <When instant={item.updated_at} /> by {who(item.updated_by)}
        </span>
      )}
      <span>Version {item.version}</span>
      <code>{item.id}</code>
    </p>
  );
}

function Related({ entity, parents, item }: ItemProps) {
  const model = useModel();
  const identity = useIdentity();
  const within = { ...parents, [entity.idParameter]: item.id };
  return (
    <>
      {childrenOf(model, entity)
        .filter(({ entity: child }) => may(child, "read", identity))
        .map(({ entity: child }) => (
          <Children key={child.key} entity={child} parents={within} />
        ))}
      {backlinksOf(model, entity)
        .filter(({ entity: other }) =>
          other.access.read?.roles.some((role) => identity.roles.includes(role)),
        )
        .map((link) => (
          <Referring key={`${link.entity.key}.${link.field.name}`} link={link} id={item.id} />
        ))}
    </>
  );
}

function Children(props: {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
}) {
  const { entity, parents } = props;
  const identity = useIdentity();
  const sort = entity.queries.find(({ filters }) => filters.length === 0)?.sorts.at(-1);
  const choice = readChoice(entity, new URLSearchParams({ sort: sort ?? "" }));
  const path = collectionPath(entity, parents);
  const creates = offers(entity, "create", identity);
  return (
    <section className="section">
      <div className="section-head">
        <h2>{capitalized(entity.pluralLabel)}</h2>
        <span className="end page-actions">
          <LinkButton look="quiet" small to={path}>
            Open list
          </LinkButton>
          {creates && (
            <LinkButton small icon="add" to={`${path}/new`}>
              New {entity.label}
            </LinkButton>
          )}
        </span>
      </div>
      <Items {...{ entity, parents, choice, creates }} />
    </section>
  );
}

function Referring({ link, id }: { readonly link: Backlink; readonly id: string }) {
  const { entity, field } = link;
  const search = new URLSearchParams({ [field.name]: id });
  return (
    <section className="section">
      <div className="section-head">
        <h2>{capitalized(entity.pluralLabel)}</h2>
        <span className="muted small">that name this one as “{field.label}”</span>
        <span className="end">
          <LinkButton look="quiet" small to={`${entity.paths.collection}?${search.toString()}`}>
            Open list
          </LinkButton>
        </span>
      </div>
      <Items
        entity={entity}
        parents={{}}
        choice={readChoice(entity, search)}
        creates={false}
        related={field}
      />
    </section>
  );
}
