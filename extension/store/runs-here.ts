/** The posts that this service worker drives right now. */
export const runsHere = new Set<string>();
