/** The in-page button's script: registered for a site when it is connected, gone when it is disconnected. */
import { CHANNEL_IDS, marketplaceOf } from "#marketplaces/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { database } from "#extension/store/database.ts";

const FILE = "content-scripts/crosspost.js";
const scriptId = (platform: ChannelId): string => `crosspost-${platform}`;

const isRegistered = async (platform: ChannelId): Promise<boolean> =>
  (await chrome.scripting.getRegisteredContentScripts({ ids: [scriptId(platform)] })).length > 0;

export const registerButton = async (platform: ChannelId): Promise<void> => {
  if (await isRegistered(platform)) return;
  await chrome.scripting.registerContentScripts([
    {
      id: scriptId(platform),
      matches: marketplaceOf(platform).identity.hostPermissions,
      js: [FILE],
      runAt: "document_idle",
      allFrames: false,
      persistAcrossSessions: true,
    },
  ]);
};

export const unregisterButton = async (platform: ChannelId): Promise<void> => {
  if (await isRegistered(platform))
    await chrome.scripting.unregisterContentScripts({ ids: [scriptId(platform)] });
};

/** After an update Chrome has forgotten registered scripts: put them where an account is connected and allowed. */
export const restoreButtons = async (): Promise<void> => {
  for (const platform of CHANNEL_IDS) {
    const connected = await database.accounts.where("platform").equals(platform).count();
    if (connected === 0) continue;
    if (await chrome.permissions.contains({ origins: marketplaceOf(platform).identity.hostPermissions }))
      await registerButton(platform);
  }
};
