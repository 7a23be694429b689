/**
 * What JSON can say and Postgres cannot keep: NUL, half a surrogate pair, and nesting without end. An item with one of them
 * in it would never leave the device.
 */

const MAX_DEPTH = 32;
const MAX_SHOWN = 200;

const reasonAgainst = (text: string): string | null => {
  if (text.includes("\0")) return "holds a NUL character (\\u0000). Remove it.";
  if (!text.isWellFormed()) return "holds half of a surrogate pair. Send well-formed Unicode.";
  return null;
};

/** The first such place, or null. Iterative in depth by refusing depth. */
export const firstUnstorable = (
  value: unknown,
  path = "",
  depth = 0,
): { path: string; message: string } | null => {
  if (depth > MAX_DEPTH)
    return { path: path.slice(0, MAX_SHOWN), message: `is nested deeper than ${MAX_DEPTH} levels.` };
  if (typeof value === "string") {
    const message = reasonAgainst(value);
    return message ? { path, message } : null;
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const keyProblem = reasonAgainst(key);
    if (keyProblem) return { path, message: `has a name that ${keyProblem}` };
    const found = firstUnstorable(child, path ? `${path}.${key}` : key, depth + 1);
    if (found) return { ...found, path: found.path.slice(0, MAX_SHOWN) };
  }
  return null;
};

/**
 * The same with what Postgres cannot keep replaced: for what a page said. Sites cut titles in the middle of an emoji, and one
 * such row must not keep everything else from being told. What a person wrote is refused instead, with the place named.
 */
export const storable = <T>(value: T): T => {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\ufffd") as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [storable(key), storable(child)]),
  ) as T;
};
