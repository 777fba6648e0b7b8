/** The page of a collection. */

import type { EntityMetadata, FieldMetadata } from "@client/core/index";
import { useNavigate, useSearchParams } from "react-router";

import type { AnyItem } from "../form/merge";
import {
  capitalized,
  collectionPath,
  entityOf,
  itemPath,
  type Location,
  titleOf,
  withArticle,
} from "../model/entities";
import { offers, offersOn, readsOwnOnly, seesTrash } from "../model/access";
import { type ListChoice, readChoice, sparseSort, writeChoice } from "../model/queries";
import { useIdentity, useModel } from "../session/context";
import { Button, LinkButton } from "../ui/controls";
import { RowMenu } from "../ui/row-menu";
import { Empty } from "../ui/states";
import { Filters } from "./filters";
import { ApiLine, EntityList } from "./list";
import { NotAllowed } from "./not-allowed";
import { useRemoval } from "./removal";

/** The lists of an entity that the user may ask for. */
export function useListable(entity: EntityMetadata): EntityMetadata {
  const identity = useIdentity();
  return readsOwnOnly(entity, identity)
    ? { ...entity, queries: entity.queries.filter(({ filters }) => filters.includes("created_by")) }
    : entity;
}

export function ListPage({ location }: { readonly location: Location }) {
  const { entity, parents } = location;
  const identity = useIdentity();
  const [search, setSearch] = useSearchParams();
  const listable = useListable(entity);
  const read = readChoice(listable, search);
  const mine = "created_by" in read.filters;
  const choice = mine ? { ...read, filters: { ...read.filters, created_by: identity.user } } : read;
  const change = (next: ListChoice): void => setSearch(writeChoice(next), { replace: true });
  const creates = offers(entity, "create", identity) && !choice.deleted;
  if (!offers(entity, "read", identity)) {
    const back = { to: "/", label: "Overview" };
    return <NotAllowed {...{ entity, back }} action="read" what={`see ${entity.pluralLabel}`} />;
  }
  if (choice.deleted && !seesTrash(entity, identity)) {
    const back = { to: collectionPath(entity, parents), label: capitalized(entity.pluralLabel) };
    const what = `see the trash of ${entity.pluralLabel}`;
    return <NotAllowed {...{ entity, back, what }} action="delete" />;
  }
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>
            {capitalized(entity.pluralLabel)}
            {choice.deleted && " in the trash"}
          </h1>
          <p>{entity.description}</p>
          <ApiLine {...{ entity, parents, choice }} />
        </div>
        <div className="page-actions">
          {seesTrash(entity, identity) && <TrashSwitch deleted={choice.deleted} onChange={change} />}
          {creates && (
            <LinkButton look="primary" icon="add" to={`${collectionPath(entity, parents)}/new`}>
              New {entity.label}
            </LinkButton>
          )}
        </div>
      </header>
      {!choice.deleted && (
        <Filters entity={listable} queries={listable.queries} choice={choice} onChange={change} />
      )}
      <Items {...{ entity, parents, choice, creates }} onSort={(sort) => change({ ...choice, sort })} />
    </div>
  );
}

function TrashSwitch(props: {
  readonly deleted: boolean;
  readonly onChange: (choice: ListChoice) => void;
}) {
  const go = (deleted: boolean): void =>
    props.onChange({ filters: {}, sort: deleted ? "-created_at" : "", deleted });
  return props.deleted ? (
    <Button icon="back" onPress={() => go(false)}>
      Leave the trash
    </Button>
  ) : (
    <Button look="quiet" icon="trash" onPress={() => go(true)}>
      Trash
    </Button>
  );
}

interface ItemsProps {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly choice: ListChoice;
  readonly creates: boolean;
  readonly onSort?: (sort: string) => void;
  /** The field by which these items name the one whose page this is. */
  readonly related?: FieldMetadata;
}

/** A list with what the user may do to each of its items. */
export function Items(props: ItemsProps) {
  const { entity, parents, choice } = props;
  const removal = useRemoval(entity, parents);
  return (
    <>
      <EntityList
        {...{ entity, parents, choice }}
        caption={`${capitalized(entity.pluralLabel)}${choice.deleted ? " in the trash" : ""}`}
        onSort={props.onSort}
        hidden={props.related?.name}
        actions={(item) =>
          choice.deleted ? (
            <Button small icon="restore" onPress={() => removal.restore(item)} aria-label={`Restore ${titleOf(entity, item)}`}>
              Restore
            </Button>
          ) : (
            <RowActions {...{ entity, parents, item }} onRemove={() => removal.remove(item)} />
          )
        }
        empty={<Nothing {...props} />}
      />
      {removal.question}
    </>
  );
}

function RowActions(props: {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly item: AnyItem;
  readonly onRemove: () => void;
}) {
  const { entity, parents, item } = props;
  const identity = useIdentity();
  const navigate = useNavigate();
  const path = itemPath(entity, parents, item.id);
  const can = (action: "update" | "delete"): boolean => offersOn(entity, action, identity, item);
  const choices = [
    { id: "open", label: "Open", run: () => void navigate(path) },
    ...(can("update") ? [{ id: "edit", label: "Edit", run: () => void navigate(`${path}/edit`) }] : []),
    ...(can("delete") ? [{ id: "delete", label: "Delete", run: props.onRemove }] : []),
  ];
  return <RowMenu label={`Actions for ${titleOf(entity, item)}`} choices={choices} />;
}

function Nothing({ entity, parents, choice, creates, related }: ItemsProps) {
  const model = useModel();
  const { pluralLabel, label } = entity;
  if (choice.deleted) {
    return <Empty title="The trash is empty">Deleted {pluralLabel} stay here for a while.</Empty>;
  }
  const sparse = sparseSort(entity, choice);
  const having = sparse === undefined ? "" : ` with a value in “${sparse}”`;
  if (related !== undefined) {
    return (
      <Empty title={`No ${pluralLabel}`}>
        <p>
          No {label}
          {having} names this one as “{related.label}”.
        </p>
      </Empty>
    );
  }
  if (isFiltered(choice)) {
    return (
      <Empty title={`No ${pluralLabel} here`}>
        <p>
          No {label}
          {having} fits the filter.
        </p>
      </Empty>
    );
  }
  const parent = entityOf(model, entity.parents.at(-1)?.entity);
  return (
    <Empty title={`No ${pluralLabel}${having === "" ? " yet" : having}`}>
      {creates ? (
        <>
          <p>
            {parent === undefined
              ? `Be the first of this organization to add ${withArticle(label)}.`
              : `Nobody has added ${withArticle(label)} to this ${parent.label}.`}
          </p>
          <LinkButton look="primary" icon="add" to={`${collectionPath(entity, parents)}/new`}>
            New {label}
          </LinkButton>
        </>
      ) : (
        <p>Your roles do not allow you to add {withArticle(label)}.</p>
      )}
    </Empty>
  );
}

function isFiltered(choice: ListChoice): boolean {
  return Object.values(choice.filters).some((value) => value !== "");
}
