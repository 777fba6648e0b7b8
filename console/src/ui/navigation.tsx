/** The way to every list, by vertical; what a reader folds away stays folded. */

import type { VerticalMetadata } from "@client/core/index";
import { type ReactNode, useState } from "react";
import { NavLink, useLocation } from "react-router";

import { may } from "../model/access";
import { ABOUT } from "../model/commands";
import { locate } from "../model/entities";
import { useIdentity, useModel } from "../session/context";
import { Icon } from "./icons";

const KEY = "console.folded";

/** Names of the groups that are folded, as this browser remembers them. */
function remembered(): ReadonlySet<string> {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(names) ? names.map(String) : []);
  } catch {
    return new Set(); // something else wrote there
  }
}

export function Navigation() {
  const model = useModel();
  const { pathname } = useLocation();
  const here = locate(model, pathname)?.vertical.name ?? "-";
  const [folded, setFolded] = useState(remembered);
  const toggle = (name: string): void => {
    const others = [...folded].filter((other) => other !== name);
    const names = folded.has(name) ? others : [...others, name];
    localStorage.setItem(KEY, JSON.stringify(names));
    setFolded(new Set(names));
  };
  const groupOf = (name: string, label: string, links: ReactNode): ReactNode => (
    <Group
      {...{ name, label }}
      key={name}
      isFolded={folded.has(name)}
      isHere={name === here}
      onToggle={() => toggle(name)}
    >
      {links}
    </Group>
  );
  return (
    <>
      {Object.values(model.verticals).map((vertical) =>
        groupOf(vertical.name, vertical.label, <Lists vertical={vertical} />),
      )}
      {groupOf(
        "-",
        "About this API",
        ABOUT.map(([path, label]) => (
          <li key={path}>
            <NavLink className="nav-link" to={path} end>
              {label}
            </NavLink>
          </li>
        )),
      )}
    </>
  );
}

interface GroupProps {
  readonly name: string;
  readonly label: string;
  readonly isFolded: boolean;
  /** Whether the page that is shown belongs to it. */
  readonly isHere: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}

function Group({ name, label, isFolded, isHere, onToggle, children }: GroupProps) {
  const list = `nav-${name}`;
  return (
    <div className="nav-group">
      <button
        type="button"
        className="nav-label"
        aria-expanded={!isFolded}
        aria-controls={list}
        data-here={(isFolded && isHere) || undefined}
        onClick={onToggle}
      >
        {label}
        <Icon name="chevron" />
      </button>
      <ul id={list} hidden={isFolded} aria-label={label}>
        {children}
      </ul>
    </div>
  );
}

function Lists({ vertical }: { readonly vertical: VerticalMetadata }) {
  const identity = useIdentity();
  return Object.values(vertical.entities)
    .filter((entity) => entity.parents.length === 0 && may(entity, "read", identity))
    .map((entity) => (
      <li key={entity.key}>
        <NavLink className="nav-link" to={entity.paths.collection}>
          {entity.plural.replace(/(?<=[a-z])(?=[A-Z])/g, " ")}
        </NavLink>
      </li>
    ));
}
