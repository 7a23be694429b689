/** When a job may begin. */
const TWO_YEARS_MS = 2 * 365 * 86_400_000;

/** In milliseconds since 1970. */
export const isWithinTwoYears = (at: number, now: number): boolean => Math.abs(at - now) <= TWO_YEARS_MS;
