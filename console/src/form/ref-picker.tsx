/** Choosing an item of another entity by its name. */

import { type EntityMetadata, useEntity, useEntityList } from "@client/core/index";
import { useEffect, useState } from "react";
import {
  Button as AriaButton,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";

import { entityOf, shortId, titleField, titleOf } from "../model/entities";
import { pickerSort } from "../model/queries";
import { useModel } from "../session/context";
import { Icon } from "../ui/icons";

export interface RefPickerProps {
  readonly label: string;
  readonly to: string | undefined;
  /** An id, or nothing. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly id?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly describedBy?: string | undefined;
  /** The label is drawn elsewhere. */
  readonly hideLabel?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
}

const PAGE = 100;
/** Further items are found by their id, which may be pasted into the field. */
const MOST = 500;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export function RefPicker(props: RefPickerProps) {
  const target = entityOf(useModel(), props.to);
  return target === undefined ? null : <Picker {...props} target={target} />;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function Picker(props: RefPickerProps & { readonly target: EntityMetadata }) {
  const { target, value, onChange, label } = props;
  const [typed, setTyped] = useState<string>();
  const [open, setOpen] = useState(false);
  const { found, searching } = useSearch(target, typed ?? "", open);
  const chosen = useEntity(target, {}, value === "" ? undefined : value, { staleTime: 60_000 });
  // Known before the item itself is fetched: text that changes later would open the list again.
  const [picked, setPicked] = useState<Named>();
  const fetched = chosen.data === undefined ? value : titleOf(target, chosen.data);
  const name = picked !== undefined && picked.id === value ? picked.name : fetched;
  const pick = (id: string): void => {
    setPicked(found.find((item) => item.id === id));
    onChange(id);
    setTyped(undefined);
  };
  const leave = (): void => {
    const text = typed?.trim();
    if (text === "" || (text !== undefined && ULID.test(text))) {
      onChange(text);
    }
    setTyped(undefined);
  };
  return (
    <ComboBox
      className="field"
      {...(props.hideLabel === true ? { "aria-label": label } : {})}
      inputValue={typed ?? name}
      onInputChange={(text) => setTyped(text === name ? undefined : text)}
      value={value === "" ? null : value}
      onChange={(key) => {
        if (key !== null) {
          pick(String(key));
        }
      }}
      items={found}
      onOpenChange={setOpen}
      onBlur={leave}
      allowsEmptyCollection
      allowsCustomValue
      isReadOnly={props.readOnly === true}
    >
      {props.hideLabel !== true && <Label className="label">{label}</Label>}
      <div className="combo">
        <Input
          className="input"
          id={props.id}
          aria-invalid={props.invalid}
          aria-describedby={props.describedBy}
          placeholder={`Search ${target.pluralLabel}`}
        />
        <AriaButton className="combo-button" aria-label={`Show ${target.pluralLabel}`}>
          <Icon name="chevron" />
        </AriaButton>
      </div>
      <Popover className="popover" offset={4}>
        <ListBox
          renderEmptyState={() => (
            <p className="menu-heading">
              {searching ? "Searching…" : `No ${target.label} with that name`}
            </p>
          )}
        >
          {(item: Named) => (
            <ListBoxItem className="option" textValue={item.name}>
              {item.name}
              <code className="option-detail">{shortId(item.id)}</code>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Items whose name contains a text, read in the order of an index as far as they are needed. */
function useSearch(
  target: EntityMetadata,
  text: string,
  open: boolean,
): { readonly found: readonly Named[]; readonly searching: boolean } {
  const sort = pickerSort(target, titleField(target)?.name);
  const list = useEntityList(target, {}, { sort, limit: PAGE }, { enabled: open, staleTime: 30_000 });
  const all = (list.data?.items ?? []).map((item) => ({ id: item.id, name: titleOf(target, item) }));
  const wanted = text.trim().toLowerCase();
  const found = all.filter(({ id, name }) => name.toLowerCase().includes(wanted) || id === text);
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const more = open && hasNextPage && found.length < 8 && all.length < MOST;
  useEffect(() => {
    if (more && !isFetching) {
      void fetchNextPage();
    }
  }, [more, isFetching, fetchNextPage]);
  return { found: found.slice(0, 50), searching: list.isPending || more };
}
