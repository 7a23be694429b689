/** A reason an item cannot be listed at a channel as it is, in a sentence, with the fix where there is one. */
export type Problem = {
  field: string;
  severity: "error" | "warning";
  code: string;
  /** A sentence for a seller: "Mercari asks for a brand. Choose one or 'No brand'." */
  message: string;
  fix?: Fix;
};

/**
 * What differs at one channel from now on; the item itself and every other channel stay as they are. `mended` in
 * core/marketplace is the one way to apply it.
 */
export type Fix = {
  /** The button: "Shorten it for Mercari". */
  label: string;
  channel: string;
  /** Field -> value that replaces the item's own there. */
  set: Record<string, unknown>;
  /** Fields that are the item's own there again. */
  reset: readonly string[];
};
