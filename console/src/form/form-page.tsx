/** Creating an item, and changing one. */

import { type EntityMetadata, useEntity } from "@client/core/index";
import { own } from "@client/core/json";
import { useEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";

import { NotAllowed } from "../entity/not-allowed";
import { offers, offersOn } from "../model/access";
import {
  capitalized,
  collectionPath,
  itemPath,
  type Location,
  titleOf,
  withArticle,
} from "../model/entities";
import { useIdentity } from "../session/context";
import { Button, LinkButton } from "../ui/controls";
import { Icon } from "../ui/icons";
import { Failure, Skeleton } from "../ui/states";
import { say } from "../ui/messages";
import { ConflictDialog } from "./conflict-dialog";
import { fieldId, FormProvider } from "./context";
import { Field } from "./field";
import { below } from "./json";
import { keep, keptKey } from "./kept";
import type { AnyItem } from "./merge";
import type { Proposal } from "./slug";
import { type ItemForm, type Refusal, useItemForm } from "./use-item-form";

export function NewPage({ location }: { readonly location: Location }) {
  const { entity, parents } = location;
  const { pathname } = useLocation();
  const identity = useIdentity();
  if (!offers(entity, "create", identity)) {
    return (
      <NotAllowed
        entity={entity}
        action="create"
        what={`add ${entity.pluralLabel}`}
        back={{ to: collectionPath(entity, parents), label: capitalized(entity.pluralLabel) }}
      />
    );
  }
  return <FormBody key={pathname} location={location} item={undefined} />;
}

export function EditPage({ location }: { readonly location: Location }) {
  const { entity, parents, id } = location;
  const { pathname } = useLocation();
  const identity = useIdentity();
  const query = useEntity(entity, parents, id);
  // A form stays open over an item that is gone meanwhile, with all that was typed.
  const [shown, setShown] = useState<AnyItem>();
  if (query.data !== undefined && shown === undefined) {
    setShown(query.data);
  }
  const item = query.data ?? shown;
  if (item !== undefined && !offersOn(entity, "update", identity, item)) {
    return (
      <NotAllowed
        entity={entity}
        action="update"
        what={`change this ${entity.label}`}
        back={{ to: itemPath(entity, parents, item.id), label: titleOf(entity, item) }}
      />
    );
  }
  if (item !== undefined) {
    return <FormBody key={pathname} location={location} item={item} />;
  }
  return (
    <div className="page page-narrow">
      {query.isError ? (
        <Failure whole error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={8} />
      )}
    </div>
  );
}

interface FormBodyProps {
  readonly location: Location;
  readonly item: AnyItem | undefined;
}

function FormBody({ location, item }: FormBodyProps) {
  const { entity, parents } = location;
  const identity = useIdentity();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [known] = useState(() => new Set(entity.fields.map(({ name }) => name)));
  const form = useItemForm({
    entity,
    parents,
    item,
    keptAs: keptKey(identity.organization, identity.user, pathname),
    onSaved: (saved) => {
      say(`“${titleOf(entity, saved)}” was ${item === undefined ? "created" : "saved"}.`);
      void navigate(itemPath(entity, parents, saved.id), { replace: true });
    },
  });
  const back =
    item === undefined ? collectionPath(entity, parents) : itemPath(entity, parents, item.id);
  const createFromThis = (): void => {
    const path = `${collectionPath(entity, parents)}/new`;
    keep(keptKey(identity.organization, identity.user, path), {
      base: undefined,
      drafts: form.drafts,
    });
    void navigate(path);
  };
  return (
    <div className="page page-narrow">
      <header className="page-head">
        <div className="page-title">
          <h1>
            {form.base === undefined
              ? `New ${entity.label}`
              : `Edit “${titleOf(entity, form.base)}”`}
          </h1>
          <p className="api-line">
            <b>{item === undefined ? "POST" : "PATCH"}</b>
            <span>{back}</span>
            {form.base !== undefined && <span>If-Match &quot;{form.base.version}&quot;</span>}
          </p>
        </div>
      </header>
      <FormProvider value={{ faults: form.faults, prefix: PREFIX }}>
        <form
          className="form"
          noValidate
          aria-label={item === undefined ? `New ${entity.label}` : `Edit ${entity.label}`}
          onSubmit={(event) => {
            event.preventDefault();
            void form.save();
          }}
        >
          {form.revived && <Revived form={form} />}
          {form.refusal !== undefined && (
            <Summary refusal={form.refusal} entity={entity} onAgain={createFromThis} />
          )}
          {entity.fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              pointer={below("", field.name)}
              draft={own(form.drafts, field.name)}
              fresh={!known.has(field.name)}
              readOnly={item !== undefined && field.immutable}
              note={field === form.proposal?.field ? proposed(form.proposal) : undefined}
              onChange={(draft) => form.setDraft(field.name, draft)}
            />
          ))}
          <Bar form={form} entity={entity} creates={item === undefined} back={back} />
        </form>
      </FormProvider>
      {form.conflict !== undefined && (
        <ConflictDialog
          entity={entity}
          conflict={form.conflict}
          drafts={form.drafts}
          onDecide={(choices, thenSave) => void form.decide(choices, thenSave)}
        />
      )}
    </div>
  );
}

const PREFIX = "field";

function proposed({ from }: Proposal): string {
  return `It follows “${from.label}” until you write your own.`;
}

function Bar(props: {
  readonly form: ItemForm;
  readonly entity: EntityMetadata;
  readonly creates: boolean;
  readonly back: string;
}) {
  const { form, entity, creates, back } = props;
  const count = form.changed.length;
  return (
    <div className="form-bar">
      <Button
        type="submit"
        look="primary"
        isPending={form.saving}
        isDisabled={!creates && count === 0}
      >
        {creates ? `Create ${entity.label}` : "Save changes"}
      </Button>
      <LinkButton look="quiet" to={back}>
        Cancel
      </LinkButton>
      <span className="end" role="status">
        {creates || count === 0
          ? ""
          : `${count} ${count === 1 ? "field" : "fields"} changed`}
      </span>
    </div>
  );
}

function Revived({ form }: { readonly form: ItemForm }) {
  return (
    <div className="notice" role="status">
      <Icon name="restore" />
      <p>
        What you typed here before is back.{" "}
        <button type="button" className="link-button" onClick={form.reset}>
          Start over
        </button>
      </p>
    </div>
  );
}

/** What stands against saving, in one place; it takes the focus, and leads to each field. */
function Summary(props: {
  readonly refusal: Refusal;
  readonly entity: EntityMetadata;
  readonly onAgain: () => void;
}) {
  const { refusal, entity } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  const count = refusal.faults.length;
  return (
    <div className="notice notice-danger" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" />
      <h2>{count === 0 ? "Not saved" : count === 1 ? "One thing to mend" : `${count} things to mend`}</h2>
      {refusal.message !== undefined && <p>{refusal.message}</p>}
      {refusal.gone && (
        <p>
          What you typed is still here.{" "}
          <button type="button" className="link-button" onClick={props.onAgain}>
            Create {withArticle(entity.label)} from it
          </button>
        </p>
      )}
      <ul>
        {refusal.faults.map(({ pointer, where, detail }) => (
          <li key={`${where} ${detail}`}>
            {pointer === undefined ? (
              `${where}: ${detail}`
            ) : (
              <button type="button" className="link-button" onClick={() => goTo(pointer)}>
                {where}: {detail}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function goTo(pointer: string): void {
  const field = document.getElementById(fieldId(PREFIX, pointer));
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}
