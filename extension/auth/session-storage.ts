/**
 * Where supabase-js keeps the session: chrome.storage.local, so that it survives the service worker's death.
 *
 * The library compares the token's end, which the server wrote, with this computer's clock. On a computer an hour fast every
 * token looks ended, and each question for it would renew it, until the service has enough and the seller is signed out. So
 * the end is kept in this computer's own time: from the moment a token comes, for as long as it lasts.
 */
type Stored = { access_token: string; expires_at?: number };

const parsed = (text: unknown): Stored | null => {
  if (typeof text !== "string") return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "access_token" in value ? (value as Stored) : null;
  } catch {
    return null; // not a session: a code verifier is plain text
  }
};

/** How long a token lasts, in seconds, by its own two times; null when it does not say. */
const lifetimeOf = (accessToken: string): number | null => {
  const payload = accessToken.split(".")[1];
  if (!payload) return null;
  try {
    const { iat, exp } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Record<
      string,
      unknown
    >;
    return typeof iat === "number" && typeof exp === "number" && exp > iat ? exp - iat : null;
  } catch {
    return null; // an opaque token: the server's word stands
  }
};

/** @param before what is stored now: a session saved again with the token it had keeps that token's end. */
const inOwnTime = (session: Stored, before: Stored | null): Stored => {
  if (before?.access_token === session.access_token)
    return before.expires_at === undefined ? session : { ...session, expires_at: before.expires_at };
  const lifetime = lifetimeOf(session.access_token);
  if (lifetime === null) return session;
  return { ...session, expires_at: Math.floor(Date.now() / 1000) + lifetime };
};

const read = async (key: string): Promise<string | null> => {
  const found: unknown = (await chrome.storage.local.get(key))[key];
  return typeof found === "string" ? found : null;
};

/** What supabase-js asks of a storage; one key each. */
export const sessionStorage = {
  getItem: read,
  async setItem(key: string, value: string): Promise<void> {
    const session = parsed(value);
    const kept = session ? JSON.stringify(inOwnTime(session, parsed(await read(key)))) : value;
    await chrome.storage.local.set({ [key]: kept });
  },
  removeItem: (key: string): Promise<void> => chrome.storage.local.remove(key),
};
