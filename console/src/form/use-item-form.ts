/** The state of a form over one item: what is typed, what is wrong, what others did meanwhile. */

import {
  ApiError,
  type EntityMetadata,
  getItem,
  NotFoundError,
  StaleItemError,
  useClient,
  useCreate,
  useUpdate,
} from "@client/core/index";
import { own } from "@client/core/json";
import { useEffect, useState } from "react";

import { explain } from "../ui/states";
import type { Faults } from "./context";
import { changedFields, type Draft, type Drafts, draftsOf, localFaults, toValue } from "./draft";
import { byPointer, place, type PlacedFault } from "./faults";
import { patchBetween } from "./json";
import { keep, kept, type Kept } from "./kept";
import { proposalOf, type Proposal } from "./slug";
import { type AnyItem, type Conflict, conflictOf, resolve, type Side } from "./merge";

/** Why the last attempt to save did not succeed. */
export interface Refusal {
  readonly faults: readonly PlacedFault[];
  /** What is wrong besides single fields. */
  readonly message: string | undefined;
  /** The item is not there any more; what is typed still is. */
  readonly gone: boolean;
}

export interface ItemForm {
  /** The item as the form read it, whose version is written over; undefined for a new one. */
  readonly base: AnyItem | undefined;
  readonly drafts: Drafts;
  readonly setDraft: (name: string, draft: Draft) => void;
  readonly changed: readonly string[];
  /** What stands in a field that nobody has written to. */
  readonly proposal: Proposal | undefined;
  readonly faults: Faults;
  readonly refusal: Refusal | undefined;
  readonly conflict: Conflict | undefined;
  readonly saving: boolean;
  /** The form began with what was typed here before. */
  readonly revived: boolean;
  readonly save: () => Promise<void>;
  /** Take over a decision; with `thenSave` also save it. */
  readonly decide: (choices: Readonly<Record<string, Side>>, thenSave: boolean) => Promise<void>;
  readonly reset: () => void;
}

export interface ItemFormOptions {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  /** As it is now; undefined to create one. */
  readonly item: AnyItem | undefined;
  /** Under which name unsaved input is kept. */
  readonly keptAs: string;
  readonly onSaved: (item: AnyItem) => void;
}

export function useItemForm(options: ItemFormOptions): ItemForm {
  const { entity, parents, item, keptAs, onSaved } = options;
  const [begin] = useState<Kept | undefined>(() => kept(keptAs));
  const [base, setBase] = useState<AnyItem | undefined>(begin?.base ?? item);
  const [typed, setTyped] = useState<Drafts>(begin?.drafts ?? {});
  const [isRevived, setRevived] = useState(begin !== undefined);
  const [refusal, setRefusal] = useState<Refusal>();
  const [conflict, setConflict] = useState<Conflict>();
  const client = useClient();
  const creation = useCreate(entity, parents);
  const update = useUpdate(entity, parents);

  // Fields that came with a change of the spec begin as they would in a new form.
  const proposal = base === undefined ? proposalOf(entity, typed) : undefined;
  const proposed = proposal === undefined ? {} : { [proposal.field.name]: proposal.slug };
  const drafts = { ...draftsOf(entity.fields, base), ...proposed, ...typed };
  const changed = changedFields(entity.fields, base, drafts);
  const isChanged = changed.length > 0;
  useEffect(() => {
    keep(keptAs, isChanged ? { base, drafts: typed } : undefined);
  }, [keptAs, isChanged, base, typed]);

  const saveThis = async (from: AnyItem | undefined, what: Drafts): Promise<void> => {
    const local = localFaults(entity.fields, what);
    if (local.size > 0) {
      const errors = [...local].map(([pointer, detail]) => ({ pointer, code: "json", detail }));
      setRefusal({ faults: place(errors, entity.fields), message: undefined, gone: false });
      return;
    }
    setRefusal(undefined);
    try {
      const saved =
        from === undefined
          ? await creation.mutateAsync(bodyOf(entity, what))
          : await update.mutateAsync({ item: from, patch: patchOf(entity, from, what) });
      keep(keptAs, undefined);
      onSaved(saved);
    } catch (error) {
      await refused(error, from, what);
    }
  };

  const refused = async (error: unknown, from: AnyItem | undefined, what: Drafts) => {
    if (error instanceof StaleItemError && from !== undefined) {
      try {
        const theirs = await getItem(client, entity, parents, from.id);
        setConflict(conflictOf(entity, from, theirs, what));
        return;
      } catch (second) {
        setRefusal(refusalOf(second, entity));
        return;
      }
    }
    setRefusal(refusalOf(error, entity));
  };

  return {
    base,
    drafts,
    changed,
    proposal,
    refusal,
    conflict,
    faults: byPointer(refusal?.faults ?? []),
    saving: creation.isPending || update.isPending,
    revived: isRevived,
    setDraft: (name, draft) => {
      setTyped((before) => ({ ...before, [name]: draft }));
      // A field that follows this one changes with it.
      const follows = proposal?.from.name === name ? [proposal.field.name] : [];
      setRefusal((before) => [name, ...follows].reduce(without, before));
    },
    save: () => saveThis(base, drafts),
    decide: async (choices, thenSave) => {
      if (conflict === undefined) {
        return;
      }
      const resolved = resolve(conflict, drafts, choices);
      setConflict(undefined);
      setBase(conflict.theirs);
      setTyped(resolved);
      if (thenSave) {
        await saveThis(conflict.theirs, resolved);
      }
    },
    reset: () => {
      setBase(item);
      setTyped({});
      setRevived(false);
      setRefusal(undefined);
    },
  };
}

function bodyOf(entity: EntityMetadata, drafts: Drafts): Record<string, unknown> {
  const members = entity.fields.map(
    (field) => [field.name, toValue(field, own(drafts, field.name))] as const,
  );
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function patchOf(entity: EntityMetadata, base: AnyItem, drafts: Drafts): Record<string, unknown> {
  const changed = new Set(changedFields(entity.fields, base, drafts));
  return Object.fromEntries(
    entity.fields
      .filter((field) => changed.has(field.name))
      .map((field) => [
        field.name,
        patchBetween(own(base, field.name), toValue(field, own(drafts, field.name))),
      ]),
  );
}

function refusalOf(error: unknown, entity: EntityMetadata): Refusal {
  const faults = error instanceof ApiError ? place(error.errors, entity.fields) : [];
  const gone = error instanceof NotFoundError;
  const message =
    faults.length > 0 ? undefined : error instanceof Error ? explain(error) : String(error);
  return { faults, message, gone };
}

/** A refusal without the faults of a field that is being mended. */
function without(refusal: Refusal | undefined, name: string): Refusal | undefined {
  if (refusal === undefined) {
    return undefined;
  }
  const faults = refusal.faults.filter(
    ({ pointer }) => pointer !== `/${name}` && pointer?.startsWith(`/${name}/`) !== true,
  );
  return faults.length === 0 && refusal.message === undefined ? undefined : { ...refusal, faults };
}
