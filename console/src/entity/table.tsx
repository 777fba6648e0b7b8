/** Items in rows: the columns that tell most, headed by the orders that an index serves. */

import type { EntityMetadata, FieldMetadata } from "@client/core/index";
import { own } from "@client/core/json";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { AnyItem } from "../form/merge";
import { itemPath, titleField, titleOf } from "../model/entities";
import { filterLabel, type ListChoice, sortsOf } from "../model/queries";
import { Icon } from "../ui/icons";
import { Value } from "./values";

const MOST_COLUMNS = 6;
/** Types whose values do not fit a cell, or tell a person little. */
const LONG = new Set(["text", "object", "json", "map", "url", "uuid", "slug"]);
const NUMERIC = new Set(["integer", "number", "decimal"]);
const STAMPS = new Set(["created_at", "updated_at"]);
const STAMP: Omit<FieldMetadata, "name" | "label"> = {
  type: "datetime",
  required: true,
  immutable: true,
};
const UNTIL: FieldMetadata = { ...STAMP, name: "restorable_until", label: "Can come back until" };
const TIMES: readonly FieldMetadata[] = [{ ...STAMP, name: "deleted_at", label: "Deleted" }, UNTIL];

/**
 * The columns of a list: the title, in the trash the times there, what it is ordered by, then the
 * others as far as they fit.
 */
export function columnsOf(
  entity: EntityMetadata,
  { sort: order, deleted }: Pick<ListChoice, "sort" | "deleted">,
  hidden?: string,
): FieldMetadata[] {
  const sort = order.replace(/^-/, "");
  const times = deleted ? TIMES : [];
  const title = titleField(entity);
  const fits = entity.fields.filter(
    (field) => field !== title && field.name !== hidden && !LONG.has(field.type) && !isLongList(field),
  );
  const sorted = fits.find((field) => field.name === sort);
  const chosen = new Set(fits.slice(0, MOST_COLUMNS - 1 - times.length));
  if (sorted !== undefined) {
    chosen.add(sorted);
  }
  const lead = title === undefined ? [] : [title];
  const columns = [...lead, ...times, ...fits.filter((field) => chosen.has(field))];
  return STAMPS.has(sort)
    ? [...columns, { ...STAMP, name: sort, label: filterLabel(entity, sort) }]
    : columns;
}

/**
 * The column that stands beside the title where there is room for two only: in the trash until when
 * an item can come back, else what the list is ordered by, unless that is a time that every item has.
 */
export function secondColumn(
  columns: readonly FieldMetadata[],
  title: FieldMetadata | undefined,
  sort: string,
): FieldMetadata | undefined {
  if (columns.includes(UNTIL)) {
    return UNTIL;
  }
  const others = columns.filter((field) => field !== title && !STAMPS.has(field.name));
  return others.find((field) => field.name === sort) ?? others[0];
}

function isLongList(field: FieldMetadata): boolean {
  return field.type === "list" && LONG.has(field.of?.type ?? "");
}

export interface TableProps {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly items: readonly AnyItem[];
  readonly choice: ListChoice;
  /** Names the table for those who do not see its place on the page. */
  readonly caption: string;
  readonly onSort?: ((sort: string) => void) | undefined;
  readonly actions?: ((item: AnyItem) => ReactNode) | undefined;
  /** A field that is the same in every row. */
  readonly hidden?: string | undefined;
}

export function ItemTable(props: TableProps) {
  const { entity, parents, items, choice } = props;
  const sort = choice.sort.replace(/^-/, "");
  const columns = columnsOf(entity, choice, props.hidden);
  const lead = columns[0] === titleField(entity) ? columns[0] : undefined;
  const second = secondColumn(columns, lead, sort);
  const classOf = (field: FieldMetadata): string =>
    [
      NUMERIC.has(field.type) ? "num" : "",
      field === lead || field === second ? "" : "wide-column",
    ].join(" ");
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways
    <div className="table-wrap" role="region" aria-label={props.caption} tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {lead === undefined && <th scope="col">Id</th>}
            {columns.map((field) => (
              <Heading key={field.name} field={field} className={classOf(field)} {...props} />
            ))}
            {props.actions !== undefined && (
              <th scope="col" className="row-actions">
                <span className="visually-hidden">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              {lead === undefined && (
                <td>
                  <Lead entity={entity} parents={parents} item={item} trash={choice.deleted} />
                </td>
              )}
              {columns.map((field) => (
                <td key={field.name} className={classOf(field)}>
                  {field === lead ? (
                    <Lead entity={entity} parents={parents} item={item} trash={choice.deleted} />
                  ) : (
                    <Value type={field} value={own(item, field.name)} brief />
                  )}
                </td>
              ))}
              {props.actions !== undefined && (
                <td className="row-actions">{props.actions(item)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lead(props: {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly item: AnyItem;
  readonly trash: boolean;
}) {
  const { entity, parents, item, trash } = props;
  const title = titleOf(entity, item);
  return trash ? (
    <b>{title}</b>
  ) : (
    <Link className="lead" to={itemPath(entity, parents, item.id)}>
      {title}
    </Link>
  );
}

interface HeadingProps extends TableProps {
  readonly field: FieldMetadata;
  readonly className: string;
}

function Heading({ field, className, entity, choice, onSort }: HeadingProps) {
  const { name, label } = field;
  const descending = choice.sort === `-${name}`;
  const active = descending || choice.sort === name;
  if (onSort === undefined || !sortsOf(entity, choice).includes(name)) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  return (
    <th
      scope="col"
      className={className}
      {...(active ? { "aria-sort": descending ? ("descending" as const) : ("ascending" as const) } : {})}
    >
      <button
        type="button"
        className="th-sort"
        onClick={() => onSort(active && !descending ? `-${name}` : name)}
      >
        {label}
        {active && <Icon name={descending ? "down" : "up"} />}
      </button>
    </th>
  );
}
