/** Small named values. Every key and its type is listed here. */
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { database, type HawkerDatabase } from "./database.ts";
import type { AuthView, PanelView, Preferences } from "./rows.ts";

export type Settings = {
  auth: AuthView;
  panel: PanelView;
  preferences: Preferences;
  /** A code was sent to this address; the form for it is shown until it is used or given up. */
  passwordReset: { email: string; askedAt: string } | null;
  /** Whose data this browser holds: it is never sent to another workspace. */
  dataOwner: { workspaceId: string; email: string };
  /** Item pages the in-page button was pressed on lately, so that their photos may follow. */
  pageImport: { itemId: string; tabId: number; host: string; at: string };
  /** Ids of the seller's own listings as their own lists showed them, newest first: whose a page is that does not say so. */
  ownIds: Partial<Record<ChannelId, string[]>>;
  /** By target of the cloud's: the number of the question the person was told of last. */
  toldOf: Record<string, number>;
  /** `issuedAt` of the newest key manifest accepted, so that an older one is refused. */
  manifestSeenAt: string;
  /** The device: its id and its non-extractable key pair (IndexedDB keeps CryptoKeys as they are). */
  device: { id: string; keys: CryptoKeyPair };
  /** The last number given to a claim by this browser. */
  fence: number;
};

export const readSetting = async <K extends keyof Settings>(
  key: K,
  db: HawkerDatabase = database,
): Promise<Settings[K] | undefined> => (await db.settings.get(key))?.value as Settings[K] | undefined;

export const writeSetting = async <K extends keyof Settings>(
  key: K,
  value: Settings[K],
  db: HawkerDatabase = database,
): Promise<void> => {
  await db.settings.put({ key, value });
};

/** For sites that have one per city; null where the ZIP code decides. */
export const chosenCity = async (db: HawkerDatabase = database): Promise<string | null> =>
  (await readSetting("preferences", db))?.city || null;
