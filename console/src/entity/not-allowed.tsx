/** A page that the roles of the reader do not open: what it is, and whose roles do. */

import type { EntityMetadata } from "@client/core/index";

import { type Action, allowedTo } from "../model/access";
import { useIdentity } from "../session/context";
import { LinkButton } from "../ui/controls";
import { Empty } from "../ui/states";

interface NotAllowedProps {
  readonly entity: EntityMetadata;
  /** The rule of the spec that stands against it. */
  readonly action: Action;
  /** What the page is for: `add courses`. */
  readonly what: string;
  readonly back: { readonly to: string; readonly label: string };
}

export function NotAllowed({ entity, action, what, back }: NotAllowedProps) {
  const { organization, roles } = useIdentity();
  const allowed = allowedTo(entity, action);
  return (
    <div className="page">
      <Empty whole title={`You may not ${what}`}>
        <p>
          You are signed in to {organization} as {roles.join(", ") || "a user without a role"}.{" "}
          {allowed === undefined
            ? "The spec allows this to nobody."
            : `The spec allows this to ${allowed}.`}{" "}
          The API would refuse it, so it is not offered here.
        </p>
        <LinkButton icon="back" to={back.to}>
          {back.label}
        </LinkButton>
      </Empty>
    </div>
  );
}
