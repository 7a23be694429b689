/** The name of one intent to list: what is asked for twice by accident has it twice. */

/**
 * @param login the channel's own stable id of the account, e.g. "facebook:100012345"; accounts come and go, logins stay.
 * @param ordinal 1, and one more for each further listing of the item there that was asked for on purpose.
 */
export const opKey = (login: string, itemId: string, ordinal: number): string =>
  `${login}|${itemId}|${ordinal}`;

/** @param stableId as the site knows it, case and surrounding signs aside. */
export const loginKey = (channel: string, stableId: string): string =>
  `${channel}:${stableId.trim().replace(/^@/, "").toLowerCase()}`;
