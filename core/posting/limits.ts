/** Every number by which the record is judged. Milliseconds unless said; docs/architecture.md has them as a table. */

export const SECOND_MS = 1_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A permit is good for one press this long after it was asked for. */
export const PERMIT_MS = 10_000;
/** What a press leads to is confirmed this long after it; a page that stood longer is the person's. */
export const CONFIRM_MS = 60_000;
/** What is left of the lease when a permit is given must outlast the press and the slowest answer. */
export const LEASE_LEFT_MS = 20_000;
/** A reading older than this says nothing about what is there now. */
export const READING_MS = 5 * 60_000;
/** A lease outlives three renewals that are not heard: it is renewed every quarter of it (core/host/keep-lease.ts). */
export const LEASE_MS = 120_000;
/** A run ends by then, whatever its heartbeat says; no lease is renewed past it. */
export const RUN_MS = 15 * 60_000;

/** The first look after a press that did not end well. */
export const FIRST_LOOK_MS = 3_000;
/** Two readings this far apart agree; nearer ones may be of one cache. */
export const AGREE_MS = 30_000;
/** How long rows of a posting that ended filled or pressed, without proof, are watched for. */
export const WATCH_MS = 30 * DAY_MS;

/** Runs that fail before a press. */
export const MAX_ATTEMPTS = 3;
/** A page that takes the browser with it this often by itself is set aside. */
export const MAX_CRASHES = 2;
/** Presses in all where absence is proof and may be repeated by itself. */
export const MAX_PRESSES = 3;
/** Permits and readings of one run that aged before they were used: then the tab is the person's. */
export const MAX_VOIDS = 3;
/** Permits in all that were given back unused, each by a run that was over: then a person is asked. */
export const MAX_GIVEN_BACK = 12;
/** How often a form is filled again because its site wrote over it: then it is the person's to see. */
export const MAX_REFILLS = 2;
