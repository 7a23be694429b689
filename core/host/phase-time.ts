/** How long a phase may take, whoever drives it. */

/** The longest form with photos over a slow connection. */
export const FILL_MS = 240_000;
/** Pages after the form, their confirmations, and the permit. */
export const SUBMIT_MS = 60_000;
