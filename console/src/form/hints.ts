/** What a field expects, in words, from its bounds. */

import type { FieldMetadata, ValueMetadata } from "@client/core/index";

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 15 });

const FORMATS: Readonly<Record<string, string>> = {
  slug: "Lower-case letters, digits and hyphens, as in intro-to-biology.",
  duration: "As in 1h 30m, or ISO 8601.",
  url: "A whole address, with https://.",
  json: "Any JSON.",
};

/** A length past which people want to know how much is left. */
const LONG = 300;

export function hintOf(field: FieldMetadata): string | undefined {
  const parts = [
    field.description,
    FORMATS[field.type],
    bounds(field),
    field.default === undefined || field.default === null
      ? undefined
      : `If left empty: ${JSON.stringify(field.default).replace(/^"|"$/g, "")}.`,
  ];
  const text = parts.filter(Boolean).join(" ");
  return text === "" ? undefined : text;
}

function bounds(type: ValueMetadata): string | undefined {
  switch (type.type) {
    case "integer":
    case "number":
    case "decimal":
      return range(type);
    case "list":
    case "map":
      return type.maxItems === undefined ? undefined : `Up to ${type.maxItems} entries.`;
    case "string":
    case "text":
      return type.maxLength !== undefined && (type.maxLength >= LONG || type.maxLength < 60)
        ? `Up to ${NUMBER.format(type.maxLength)} characters.`
        : undefined;
    default:
      return undefined;
  }
}

function range({ type, minimum, maximum, scale }: ValueMetadata): string | undefined {
  const low = shown(minimum);
  const high = shown(maximum);
  const span =
    low !== undefined && high !== undefined
      ? `${low} to ${high}`
      : low !== undefined
        ? `${low} or more`
        : high !== undefined
          ? `${high} or less`
          : undefined;
  const kind = type === "integer" ? "A whole number" : "A number";
  const places = scale === undefined ? "" : `, at most ${scale} decimal places`;
  return span === undefined && places === "" ? undefined : `${kind}${span === undefined ? "" : `, ${span}`}${places}.`;
}

/** A bound that says something to a person; that of the number format does not. */
function shown(bound: number | string | undefined): string | undefined {
  const value = bound === undefined ? undefined : Number(bound);
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER
    ? undefined
    : NUMBER.format(value);
}
