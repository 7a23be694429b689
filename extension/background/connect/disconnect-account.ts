/** Disconnecting: the sealed session at the service first, then everything this browser keeps and may do there. */
import { z } from "zod";
import { marketplaceOf } from "#marketplaces/index.ts";
import { callApi } from "#extension/api/http.ts";
import { MessageError } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { syncSoon } from "../sync-soon.ts";
import { unregisterButton } from "./content-scripts.ts";

const isRequired = (origins: readonly string[]): boolean => {
  const required = chrome.runtime.getManifest().host_permissions ?? [];
  return origins.every((origin) => required.includes(origin as never));
};

/** @throws ApiUnavailable when the service is not reached: then the session is still there and nothing is pretended. */
export const disconnectAccount = async (accountId: string): Promise<void> => {
  const account = await database.accounts.get(accountId);
  if (!account) throw new MessageError("not-found", "This account is no longer here.");
  if (!account.localOnly) await callApi(`/api/platform/${accountId}`, z.unknown(), { method: "DELETE" });
  await database.accounts.delete(accountId);
  await syncSoon(); // what was being pulled meanwhile may have put it back
  const left = await database.accounts.filter((one) => one.status !== "disconnected").toArray();
  if (!left.some((one) => one.platform === account.platform)) {
    await unregisterButton(account.platform);
    const origins = marketplaceOf(account.platform).identity.hostPermissions;
    // A build for tests has them granted at install; those cannot be given back.
    if (!isRequired(origins)) await chrome.permissions.remove({ origins });
  }
  if (left.length === 0 && !chrome.runtime.getManifest().permissions?.includes("cookies")) {
    await chrome.permissions.remove({ permissions: ["cookies"] });
  }
};
