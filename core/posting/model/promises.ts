/** What the protocol promises, in numbers of its own: a mutant of limits.ts must not move the goal as well. */
import { HOUR, S } from "./sim.ts";

export const PERMIT = 10 * S;
/** A press may be on its way when its reason ends. */
export const IN_FLIGHT = PERMIT + 5 * S;
export const CONFIRMATION = 60 * S;
export const LEASE_LEFT = 20 * S;
export const READING = 300 * S;
export const AGREEING = 30 * S;
export const RUN = 900 * S;
export const LEASE = 120 * S;
/** "Wait" comes back once a day. */
export const WAIT = 20 * HOUR;
