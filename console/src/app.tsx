/** Which page is shown. Addresses after `#` are paths of the API, and `/-/...` for the rest. */

import { type EntityMetadata, useEntity } from "@client/core/index";
import { own } from "@client/core/json";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Link, useLocation } from "react-router";

import { ItemPage } from "./entity/item-page";
import { ListPage } from "./entity/list-page";
import { EditPage, NewPage } from "./form/form-page";
import {
  capitalized,
  collectionPath,
  entityOf,
  itemPath,
  locate,
  type Location,
  titleOf,
} from "./model/entities";
import { OverviewPage } from "./pages/overview";
import { SignInPage } from "./pages/sign-in";
import { ModelProvider, SignedIn, useModel, useModelQuery, useSession } from "./session/context";
import { Shell } from "./ui/shell";
import { Empty, Failure, Skeleton } from "./ui/states";
import { Toasts } from "./ui/toasts";

const DiagramPage = lazy(() => import("./pages/diagram"));
const ReferencePage = lazy(() => import("./pages/reference"));
const IsolationPage = lazy(() => import("./pages/isolation"));

export function App() {
  const { session } = useSession();
  const model = useModelQuery();
  if (model.data === undefined) {
    return (
      <main className="page">
        {model.isError ? (
          <Failure whole error={model.error} retry={() => void model.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </main>
    );
  }
  return (
    <ModelProvider model={model.data}>
      {session === undefined ? (
        <SignInPage />
      ) : (
        // Another user begins with nothing of what the last one had on screen.
        <SignedIn session={session} key={session.identity.email}>
          <Pages />
        </SignedIn>
      )}
      <Toasts />
    </ModelProvider>
  );
}

function Pages() {
  const { pathname } = useLocation();
  const model = useModel();
  const location = locate(model, pathname);
  const page = pageOf(pathname, location);
  useEffect(() => {
    document.title = `${page.title} · ${model.product}`;
  }, [page.title, model.product]);
  return (
    <Shell crumbs={location === undefined ? <li>{page.title}</li> : <Crumbs location={location} />}>
      <Suspense fallback={<Skeleton lines={6} />}>{page.content}</Suspense>
    </Shell>
  );
}

interface Page {
  readonly title: string;
  readonly content: ReactNode;
}

function pageOf(pathname: string, location: Location | undefined): Page {
  if (location !== undefined) {
    return entityPage(location);
  }
  switch (pathname) {
    case "/":
      return { title: "Overview", content: <OverviewPage /> };
    case "/-/diagram":
      return { title: "Diagram", content: <DiagramPage /> };
    case "/-/reference":
      return { title: "API reference", content: <ReferencePage /> };
    case "/-/isolation":
      return { title: "Isolation", content: <IsolationPage /> };
    default:
      return { title: "No such page", content: <NoSuchPage /> };
  }
}

function entityPage(location: Location): Page {
  const { entity } = location;
  switch (location.view) {
    case "list":
      return {
        title: capitalized(entity.pluralLabel),
        // Filters that are being typed belong to one collection.
        content: <ListPage key={entity.key} location={location} />,
      };
    case "item":
      return {
        title: capitalized(entity.label),
        content: <ItemPage key={location.id} location={location} />,
      };
    case "new":
      return { title: `New ${entity.label}`, content: <NewPage location={location} /> };
    case "edit":
      return { title: `Edit ${entity.label}`, content: <EditPage key={location.id} location={location} /> };
  }
}

function NoSuchPage() {
  return (
    <div className="page">
      <Empty whole title="No such page">
        <p>The API has no path like this one.</p>
        <Link to="/">Overview</Link>
      </Empty>
    </div>
  );
}

/** The way down: vertical, collections, items; each a link but the last. */
function Crumbs({ location }: { readonly location: Location }) {
  const { entity, vertical, parents, id, view } = location;
  const model = useModel();
  const here = collectionPath(entity, parents);
  return (
    <>
      <li>{vertical.label}</li>
      {entity.parents.map(({ entity: key, parameter }) => {
        const parent = entityOf(model, key);
        const parentId = own(parents, parameter);
        return parent === undefined || parentId === undefined ? null : (
          <ParentCrumbs key={key} entity={parent} parents={parents} id={parentId} />
        );
      })}
      <li>
        {view === "list" ? (
          <span aria-current="page">{capitalized(entity.pluralLabel)}</span>
        ) : (
          <Link to={here}>{capitalized(entity.pluralLabel)}</Link>
        )}
      </li>
      {view === "new" && <li aria-current="page">New</li>}
      {id !== undefined && (
        <ItemCrumb entity={entity} parents={parents} id={id} current={view === "item"} />
      )}
      {view === "edit" && <li aria-current="page">Edit</li>}
    </>
  );
}

interface CrumbProps {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly id: string;
  readonly current?: boolean;
}

function ParentCrumbs({ entity, parents, id }: CrumbProps) {
  return (
    <>
      <li>
        <Link to={collectionPath(entity, parents)}>{capitalized(entity.pluralLabel)}</Link>
      </li>
      <ItemCrumb entity={entity} parents={parents} id={id} />
    </>
  );
}

function ItemCrumb({ entity, parents, id, current = false }: CrumbProps) {
  const above = Object.fromEntries(
    entity.parents.map(({ parameter }) => [parameter, own(parents, parameter) ?? ""]),
  );
  const { data } = useEntity(entity, above, id, { staleTime: 30_000 });
  const title = data === undefined ? capitalized(entity.label) : titleOf(entity, data);
  return (
    <li>
      {current ? (
        <span aria-current="page">{title}</span>
      ) : (
        <Link to={itemPath(entity, above, id)}>{title}</Link>
      )}
    </li>
  );
}
