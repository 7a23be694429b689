/** Whose listings they are: accounts come and go with their rows, names change, logins stay. */

/** @param stableId the channel's own id of the login as its page shows it: case and surrounding signs say nothing. */
export const loginKey = (channel: string, stableId: string): string =>
  `${channel}:${stableId.trim().replace(/^@/, "").toLowerCase()}`;

/** The channel's own id in a key. */
export const loginIdOf = (key: string): string => key.slice(key.indexOf(":") + 1);

export const sameLogin = (a: string, b: string): boolean => loginKey("", a) === loginKey("", b);
