/** What the hand-written scripts of all sites take and give. */
export interface ScriptOptions {
  /** Paths, in listing order. At least one. */
  readonly photos: readonly string[];
  /** False fills and stops before the last click. Default true. */
  readonly submit?: boolean;
}

/** The listing made, or null when nothing was submitted. */
export type ScriptResult = { readonly externalId: string; readonly url: string } | null;
