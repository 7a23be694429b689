/** How long to wait before what may pass is tried again. */
export const MAX_ATTEMPTS = 3;
const FIRST_SECONDS = 2;

/** 2, 8, 32 seconds, each between half and whole of that: many failures at once must not come back at once. */
export const backoffSeconds = (attempt: number, random: () => number): number => {
  const whole = FIRST_SECONDS * 4 ** Math.max(0, attempt - 1);
  return Math.max(1, Math.round(whole * (0.5 + random() / 2)));
};
