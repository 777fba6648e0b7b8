/** ISO 8601 durations of weeks, or of days to seconds, as people write and read them. */

const UNITS = [
  ["d", "day"],
  ["h", "hour"],
  ["m", "minute"],
  ["s", "second"],
] as const;

const ISO = /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)$/;
const SPOKEN = /(\d+)\s*(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b/gi;

/** `PT1H30M` of `1h 30m`, `90 min` or `PT1H30M`; the text itself where it is none of these. */
export function parseDuration(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || ISO.test(trimmed.toUpperCase())) {
    return trimmed.toUpperCase();
  }
  const rest = trimmed.replace(SPOKEN, "").replace(/and|,/g, "").trim();
  if (rest !== "") {
    return trimmed;
  }
  const amounts: Record<string, number> = {};
  for (const [, amount, unit] of trimmed.matchAll(SPOKEN)) {
    const letter = (unit ?? "").charAt(0).toLowerCase();
    amounts[letter] = (amounts[letter] ?? 0) + Number(amount);
  }
  return writeIso(amounts);
}

function writeIso(amounts: Record<string, number>): string {
  const days = (amounts["d"] ?? 0) + 7 * (amounts["w"] ?? 0);
  const time = ["h", "m", "s"]
    .filter((unit) => amounts[unit] !== undefined)
    .map((unit) => `${String(amounts[unit])}${unit.toUpperCase()}`)
    .join("");
  return `P${days > 0 ? `${String(days)}D` : ""}${time === "" ? "" : `T${time}`}`;
}

/** `1 hour 30 minutes`; undefined where the text is no duration. */
export function spokenDuration(iso: string): string | undefined {
  const found = ISO.exec(iso);
  if (found === null || iso === "P") {
    return undefined;
  }
  const [, weeks, ...parts] = found;
  const named = weeks === undefined ? [] : [count(Number(weeks), "week")];
  for (const [position, [, unit]] of UNITS.entries()) {
    const amount = parts[position];
    if (amount !== undefined) {
      named.push(count(Number(amount), unit));
    }
  }
  return named.length === 0 ? undefined : named.join(" ");
}

function count(amount: number, unit: string): string {
  return `${String(amount)} ${unit}${amount === 1 ? "" : "s"}`;
}
