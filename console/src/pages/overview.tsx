/** What there is, and what the signed-in user may do with it. */

import type { EntityMetadata, VerticalMetadata } from "@client/core/index";
import { Link } from "react-router";

import { type Action, may } from "../model/access";
import { capitalized, entityOf } from "../model/entities";
import { useIdentity, useModel } from "../session/context";

export function OverviewPage() {
  const model = useModel();
  const identity = useIdentity();
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>{model.product}</h1>
          <p>
            You are signed in to <b>{identity.organization}</b> as {identity.roles.join(", ")}.
            What your roles do not allow is not offered here, and refused by the API.
          </p>
        </div>
      </header>
      {Object.values(model.verticals).map((vertical) => (
        <Vertical key={vertical.name} vertical={vertical} />
      ))}
    </div>
  );
}

function Vertical({ vertical }: { readonly vertical: VerticalMetadata }) {
  return (
    <section>
      <div className="section-head">
        <h2>{vertical.label}</h2>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
      <div className="table-wrap" role="region" aria-label={vertical.label} tabIndex={0}>
        <table className="table table-lines">
          <thead>
            <tr>
              <th scope="col">Entity</th>
              <th scope="col">What it is</th>
              <th scope="col">You may</th>
              <th scope="col">Lists by</th>
            </tr>
          </thead>
          <tbody>
            {Object.values(vertical.entities).map((entity) => (
              <Row key={entity.key} entity={entity} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const ACTIONS: readonly Action[] = ["read", "create", "update", "delete"];

function Row({ entity }: { readonly entity: EntityMetadata }) {
  const model = useModel();
  const identity = useIdentity();
  const parent = entityOf(model, entity.parents.at(-1)?.entity);
  const allowed = ACTIONS.filter((action) => may(entity, action, identity));
  return (
    <tr>
      <th scope="row">
        {parent === undefined ? (
          <Link className="lead" to={entity.paths.collection}>
            {capitalized(entity.pluralLabel)}
          </Link>
        ) : (
          <>
            {capitalized(entity.pluralLabel)}{" "}
            <span className="label-note">within a {parent.label}</span>
          </>
        )}
      </th>
      <td>{entity.description}</td>
      <td>{allowed.length === 0 ? "nothing" : allowed.map((action) => said(entity, action, identity.roles)).join(", ")}</td>
      <td>{entity.queries.filter(({ filters }) => filters.length > 0).map(({ filters }) => filters.join(" + ")).join(", ") || "–"}</td>
    </tr>
  );
}

/** `update`, or `update your own` where only ownership allows it. */
function said(entity: EntityMetadata, action: Action, roles: readonly string[]): string {
  const rule = entity.access[action];
  return rule?.roles.some((role) => roles.includes(role)) === true ? action : `${action} your own`;
}
