/** A reason an item cannot be listed at a channel as it is, in a sentence, with the fix where there is one. */
export type Problem = {
  field: string;
  severity: "error" | "warning";
  code: string;
  /** A sentence for a seller: "Mercari asks for a brand. Choose one or 'No brand'." */
  message: string;
  fix?: { label: string; field: string; value: unknown };
};
