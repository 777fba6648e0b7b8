/** What the signed-in user may do, from the rules of the spec. The API decides; this only spares
 * people what it would refuse. */

import type { AccessRule, EntityMetadata, Item } from "@client/core/index";

/** Who is signed in, as the verified token says. */
export interface Identity {
  /** `sub` of the token. */
  readonly user: string;
  readonly email: string;
  readonly organization: string;
  readonly roles: readonly string[];
}

export type Action = "read" | "create" | "update" | "delete";

function byRole(rule: AccessRule | undefined, identity: Identity): boolean {
  return rule?.roles.some((role) => identity.roles.includes(role)) ?? false;
}

/** Whether the user may do this to some items at least. */
export function may(entity: EntityMetadata, action: Action, identity: Identity): boolean {
  const rule = entity.access[action];
  return byRole(rule, identity) || rule?.owner === true;
}

/** Whether the user may do this to one item. */
export function mayTouch(
  entity: EntityMetadata,
  action: Action,
  identity: Identity,
  item: Item,
): boolean {
  const rule = entity.access[action];
  return byRole(rule, identity) || (rule?.owner === true && item.created_by === identity.user);
}

/** Whether the user reads only what they created themselves. */
export function readsOwnOnly(entity: EntityMetadata, identity: Identity): boolean {
  return entity.access.read?.owner === true && !byRole(entity.access.read, identity);
}

/** Whether the user may see and empty the trash: deletion by role, not by ownership. */
export function seesTrash(entity: EntityMetadata, identity: Identity): boolean {
  return entity.softDelete !== null && byRole(entity.access.delete, identity);
}

export function offers(entity: EntityMetadata, action: Action, identity: Identity): boolean {
  const operation = action === "read" ? "list" : action;
  return entity.operations.includes(operation) && may(entity, action, identity);
}

/** Whether this can be done to one item at all, and the user may. */
export function offersOn(
  entity: EntityMetadata,
  action: "update" | "delete",
  identity: Identity,
  item: Item,
): boolean {
  return entity.operations.includes(action) && mayTouch(entity, action, identity, item);
}

/** Who may do this, in words: `admin, instructor or whoever created it`; undefined for nobody. */
export function allowedTo(entity: EntityMetadata, action: Action): string | undefined {
  const rule = entity.access[action];
  const named = [...(rule?.roles ?? []), ...(rule?.owner === true ? ["whoever created it"] : [])];
  const last = named.at(-1);
  return last === undefined || named.length === 1
    ? last
    : `${named.slice(0, -1).join(", ")} or ${last}`;
}
