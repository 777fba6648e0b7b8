/** Random names, also where `crypto.randomUUID` is absent: on `http://` pages of other machines. */

/** A UUID of version 4 (RFC 9562, section 5.4). */
export function randomUuid(): string {
  // Browsers have it in secure contexts only; `getRandomValues` they have everywhere.
  const { randomUUID } = crypto as { randomUUID?: () => string };
  if (randomUUID !== undefined) {
    return randomUUID.call(crypto);
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, position) => {
    const fixed = position === 6 ? (byte & 0x0f) | 0x40 : position === 8 ? (byte & 0x3f) | 0x80 : byte;
    return fixed.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
