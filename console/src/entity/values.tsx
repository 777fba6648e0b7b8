/** Values as people read them. */

import { type EntityMetadata, useEntity, type ValueMetadata } from "@client/core/index";
import { own } from "@client/core/json";
import { Link } from "react-router";

import { asText, isMembers } from "../form/json";
import { spokenDuration } from "../form/duration";
import { entityOf, itemPath, shortId, titleOf, words } from "../model/entities";
import { useModel } from "../session/context";

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 15 });
/** How long another item's title counts as fresh where only its name is shown. */
const TITLE_MS = 60_000;

interface ValueProps {
  readonly type: ValueMetadata;
  readonly value: unknown;
  /** On one line, in a table. */
  readonly brief?: boolean;
}

export function Value({ type, value, brief = false }: ValueProps) {
  if (value === null || value === undefined || value === "") {
    return <span className="none" aria-label="not set">–</span>;
  }
  switch (type.type) {
    case "enum":
      return <Pill values={type.values ?? []} value={asText(value)} />;
    case "boolean":
      return <>{value === true ? "Yes" : "No"}</>;
    case "ref":
      return <Reference to={type.to} id={asText(value)} link={!brief} />;
    case "url":
      return brief ? <>{asText(value)}</> : <Outside url={asText(value)} />;
    case "text":
      return brief ? <>{asText(value)}</> : <p className="prose">{asText(value)}</p>;
    case "list":
    case "map":
    case "object":
    case "json":
      return brief ? <>{briefly(type, value)}</> : <Structure type={type} value={value} />;
    default:
      return <>{plainText(type, value)}</>;
  }
}

/** A value as text: where there is no room for more, and for comparing. */
export function plainText(type: ValueMetadata, value: unknown): string {
  if (value === null || value === undefined) {
    return "not set";
  }
  if (typeof value === "object") {
    return briefly(type, value);
  }
  const text = asText(value);
  switch (type.type) {
    case "date":
      return formatted(DATE, text);
    case "datetime":
      return formatted(MOMENT, text);
    case "integer":
    case "number":
      return NUMBER.format(Number(text));
    case "duration":
      return spokenDuration(text) ?? text;
    case "boolean":
      return value === true ? "Yes" : "No";
    case "enum":
      return words(text);
    default:
      return text;
  }
}

function formatted(format: Intl.DateTimeFormat, text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : format.format(date);
}

function briefly(type: ValueMetadata, value: unknown): string {
  if (type.type === "list" && Array.isArray(value)) {
    return type.of?.type === "object"
      ? count(value.length, "entry", "entries")
      : value.map((element: unknown) => plainText(type.of ?? { type: "string" }, element)).join(", ");
  }
  if (type.type === "map" && isMembers(value)) {
    return count(Object.keys(value).length, "entry", "entries");
  }
  return JSON.stringify(value);
}

function count(amount: number, one: string, many: string): string {
  return amount === 1 ? `1 ${one}` : `${amount} ${many}`;
}

function Structure({ type, value }: ValueProps) {
  if (type.type === "list" && Array.isArray(value)) {
    return <Elements type={type.of ?? { type: "string" }} elements={value} />;
  }
  if (type.type === "map" && isMembers(value)) {
    const element = type.of ?? { type: "string" };
    return <Members members={Object.entries(value).map(([name, of]) => [name, element, of])} />;
  }
  if (type.type === "object" && isMembers(value)) {
    const members = (type.fields ?? []).map(
      (member) => [member.label, member, own(value, member.name)] as const,
    );
    return <Members members={members} />;
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <pre className="code-block" tabIndex={0} role="region" aria-label="JSON">
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}

function Elements(props: { readonly type: ValueMetadata; readonly elements: readonly unknown[] }) {
  if (props.elements.length === 0) {
    return <span className="none">none</span>;
  }
  const simple = !["object", "list", "map", "json", "text"].includes(props.type.type);
  return (
    <ul className={simple ? "tag-list" : "entries"}>
      {props.elements.map((element, position) => (
        <li key={position} className={simple ? "tag" : "group"}>
          <Value type={props.type} value={element} />
        </li>
      ))}
    </ul>
  );
}

function Members(props: {
  readonly members: readonly (readonly [string, ValueMetadata, unknown])[];
}) {
  return (
    <dl className="facts">
      {props.members.map(([name, type, value]) => (
        <Fact key={name} name={name} type={type} value={value} />
      ))}
    </dl>
  );
}

export function Fact(props: {
  readonly name: string;
  readonly type: ValueMetadata;
  readonly value: unknown;
}) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>
        <Value type={props.type} value={props.value} />
      </dd>
    </>
  );
}

/** A value of an enum; each place in the list of values has a hue of its own. */
function Pill({ values, value }: { readonly values: readonly string[]; readonly value: string }) {
  const hue = 175 + Math.max(values.indexOf(value), 0) * 67;
  return (
    <span className="pill" style={{ "--pill-hue": hue } as React.CSSProperties}>
      {words(value)}
    </span>
  );
}

function Outside({ url }: { readonly url: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {url}
      <span className="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}

/** Another item by its title, which is fetched once for all places that show it. */
export function Reference(props: { readonly to: string | undefined; readonly id: string; readonly link: boolean }) {
  const entity = entityOf(useModel(), props.to);
  if (entity === undefined || entity.parents.length > 0) {
    return <code>{props.id}</code>;
  }
  return <ReferenceTitle entity={entity} id={props.id} link={props.link} />;
}

function ReferenceTitle(props: { readonly entity: EntityMetadata; readonly id: string; readonly link: boolean }) {
  const { entity, id, link } = props;
  const { data } = useEntity(entity, {}, id, { staleTime: TITLE_MS });
  const text = data === undefined ? shortId(id) : titleOf(entity, data);
  return link ? <Link to={itemPath(entity, {}, id)}>{text}</Link> : <span title={id}>{text}</span>;
}

export function When({ instant }: { readonly instant: string }) {
  return <time dateTime={instant}>{formatted(MOMENT, instant)}</time>;
}
