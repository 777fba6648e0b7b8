/** Deleting an item, taking that back, and saying beforehand what goes with it. */

import {
  type EntityMetadata,
  type Metadata,
  StaleItemError,
  useDelete,
  useRestore,
} from "@client/core/index";
import { useState } from "react";

import type { AnyItem } from "../form/merge";
import { childrenOf, places, titleOf } from "../model/entities";
import { useModel } from "../session/context";
import { Button } from "../ui/controls";
import { Dialog } from "../ui/dialog";
import { explain } from "../ui/states";
import { say } from "../ui/messages";

type Ids = Readonly<Record<string, string>>;

export interface Removal {
  /** Ask where something is lost for good, else delete at once. */
  readonly remove: (item: AnyItem) => void;
  readonly restore: (item: AnyItem) => void;
  /** The question, while it is asked; to be rendered. */
  readonly question: React.ReactNode;
}

export function useRemoval(entity: EntityMetadata, parents: Ids, onRemoved?: () => void): Removal {
  const model = useModel();
  const [asked, setAsked] = useState<AnyItem>();
  const deletion = useDelete(entity, parents);
  const restoration = useRestore(entity, parents);
  const restore = (item: AnyItem): void => {
    restoration.mutateAsync(item).then(
      () => say(`“${titleOf(entity, item)}” is back.`),
      (error: unknown) => say(`Not restored. ${reason(error)}`),
    );
  };
  const perform = (item: AnyItem): void => {
    setAsked(undefined);
    deletion.mutateAsync(item).then(
      () => {
        const undo = { label: "Undo", run: () => restore(item) };
        say(`“${titleOf(entity, item)}” was deleted.`, entity.softDelete === null ? undefined : undo);
      },
      (error: unknown) => say(`Not deleted. ${reason(error)}`),
    );
    onRemoved?.();
  };
  const losses = lossesOf(model, entity);
  return {
    remove: (item) => (losses.length > 0 ? setAsked(item) : perform(item)),
    restore,
    question:
      asked === undefined ? null : (
        <Question
          entity={entity}
          item={asked}
          losses={losses}
          onClose={() => setAsked(undefined)}
          onConfirm={() => perform(asked)}
        />
      ),
  };
}

function reason(error: unknown): string {
  if (error instanceof StaleItemError) {
    return "Somebody changed it meanwhile; look at it again first.";
  }
  return error instanceof Error ? explain(error) : String(error);
}

/** Sentences on what a deletion does that `Undo` does not bring back. */
export function lossesOf(model: Metadata, entity: EntityMetadata): string[] {
  const own =
    entity.softDelete === null ? [`This ${entity.label} is deleted for good.`] : [];
  const children = childrenOf(model, entity).map(({ entity: child }) => fate(child));
  const references = places(model).flatMap(({ entity: other }) =>
    other.fields
      .filter((field) => field.to === entity.key && field.onDelete !== "restrict")
      .map((field) =>
        field.onDelete === "cascade"
          ? fate(other)
          : `Its ${other.pluralLabel} lose it as “${field.label}”.`,
      ),
  );
  return [...own, ...new Set([...children, ...references])];
}

function fate(entity: EntityMetadata): string {
  return entity.softDelete === null
    ? `Its ${entity.pluralLabel} are deleted for good.`
    : `Its ${entity.pluralLabel} go to the trash with it.`;
}

function Question(props: {
  readonly entity: EntityMetadata;
  readonly item: AnyItem;
  readonly losses: readonly string[];
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { entity, item } = props;
  const days = Math.round((entity.softDelete?.retainSeconds ?? 0) / 86_400);
  return (
    <Dialog
      role="alertdialog"
      title={`Delete “${titleOf(entity, item)}”?`}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Keep it</Button>
          <Button look="danger" icon="trash" onPress={props.onConfirm}>
            Delete {entity.label}
          </Button>
        </>
      }
    >
      <ul>
        {entity.softDelete !== null && (
          <li>It stays in the trash for {days} days and can be restored from there.</li>
        )}
        {props.losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
    </Dialog>
  );
}
