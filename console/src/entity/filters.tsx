/** The filters and orders that an index serves, and nothing else. */

import type { EntityMetadata, QueryMetadata } from "@client/core/index";
import { own } from "@client/core/json";
import { useState } from "react";
import { Input, Label, TextField } from "react-aria-components";

import { RefPicker } from "../form/ref-picker";
import { words } from "../model/entities";
import {
  filterLabel,
  filterType,
  type ListChoice,
  queryKey,
  queryLabel,
  sortsOf,
} from "../model/queries";
import { useIdentity } from "../session/context";
import { Button, Select } from "../ui/controls";

interface FiltersProps {
  readonly entity: EntityMetadata;
  readonly queries: readonly QueryMetadata[];
  readonly choice: ListChoice;
  readonly onChange: (choice: ListChoice) => void;
}

export function Filters({ entity, queries, choice, onChange }: FiltersProps) {
  const { user } = useIdentity();
  const show = (key: string): void => {
    const query = queries.find((candidate) => queryKey(candidate) === key);
    const filters = Object.fromEntries(
      (query?.filters ?? []).map((name) => [
        name,
        own(choice.filters, name) ?? (name === "created_by" ? user : ""),
      ]),
    );
    onChange({ ...choice, filters, sort: query?.sorts.at(-1) ?? choice.sort });
  };
  const setValue = (name: string, value: string): void =>
    onChange({ ...choice, filters: { ...choice.filters, [name]: value } });
  return (
    <div className="filters" role="group" aria-label="Filter and order">
      {queries.length > 1 && (
        <Select
          label="Show"
          value={Object.keys(choice.filters).join("+") || ALL}
          choices={queries.map((query) => ({
            id: queryKey(query) || ALL,
            label: query.filters.length === 0 ? "All" : `By ${byWhat(query, entity)}`,
          }))}
          onChange={(key) => show(key === ALL ? "" : key)}
        />
      )}
      {Object.entries(choice.filters)
        .filter(([name]) => name !== "created_by")
        .map(([name, value]) => (
          <Filter key={name} {...{ entity, name, value }} onChange={(text) => setValue(name, text)} />
        ))}
      <Order {...{ entity, queries, choice, onChange }} />
    </div>
  );
}

const ALL = "-";

function byWhat(query: QueryMetadata, entity: EntityMetadata): string {
  return query.filters.includes("created_by") && query.filters.length === 1
    ? "me"
    : queryLabel(query, entity).toLowerCase();
}

function Order({ entity, choice, onChange }: FiltersProps) {
  const descending = choice.sort.startsWith("-");
  const name = choice.sort.replace(/^-/, "");
  const turned = descending ? name : `-${name}`;
  return (
    <div className="entry" style={{ alignItems: "flex-end" }}>
      <Select
        label="Order by"
        value={name}
        choices={sortsOf(entity, choice).map((sort) => ({ id: sort, label: filterLabel(entity, sort) }))}
        onChange={(sort) => onChange({ ...choice, sort: descending ? `-${sort}` : sort })}
      />
      <Button
        icon={descending ? "down" : "up"}
        aria-label={descending ? "Descending; turn round" : "Ascending; turn round"}
        onPress={() => onChange({ ...choice, sort: turned })}
      />
    </div>
  );
}

interface FilterProps {
  readonly entity: EntityMetadata;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Filter({ entity, name, value, onChange }: FilterProps) {
  const type = filterType(entity, name);
  const label = filterLabel(entity, name);
  const values = type.type === "boolean" ? ["true", "false"] : type.values;
  if (values !== undefined) {
    const choices = values.map((id) => ({ id, label: own(BOOLEAN, id) ?? words(id) }));
    return <Select label={label} value={value} choices={choices} onChange={onChange} />;
  }
  if (type.type === "ref") {
    return (
      <div className="filter">
        <RefPicker label={label} to={type.to} value={value} onChange={onChange} />
      </div>
    );
  }
  return <TextFilter label={label} value={value} onChange={onChange} />;
}

const BOOLEAN: Readonly<Record<string, string>> = { true: "Yes", false: "No" };

/** Asked for with Enter or on leaving the field, not at each letter: a filter is an exact match. */
function TextFilter(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [text, setText] = useState(props.value);
  return (
    <TextField
      className="filter"
      value={text}
      onChange={setText}
      onBlur={() => props.onChange(text)}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          props.onChange(text);
        }
      }}
    >
      <Label className="label">{props.label} is exactly</Label>
      <Input className="input" />
    </TextField>
  );
}
