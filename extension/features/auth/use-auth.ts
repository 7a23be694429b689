import { useLiveQuery } from "dexie-react-hooks";
import { readSetting } from "#extension/store/settings.ts";
import type { AuthView } from "#extension/store/rows.ts";

/** Who is signed in, from this device's database; undefined until it was read. */
export const useAuth = (): AuthView | undefined =>
  useLiveQuery(async () => (await readSetting("auth")) ?? null, []);
