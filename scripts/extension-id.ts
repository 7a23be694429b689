/** The id that follows from the public key in wxt.config.ts: the same on every machine, so the API can allow its origin. */
export const EXTENSION_ID = "kaafmeaoileogllgjilgdcphkabcdomd";
