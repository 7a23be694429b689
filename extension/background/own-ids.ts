/** Which listings are the seller's, for sites whose item pages look the same to everybody. */
import { MessageError } from "#extension/messages/send.ts";
import type { Sender } from "#extension/messages/sender.ts";
import type { Request, Response } from "#extension/messages/table.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";

const KEPT = 2_000;

const checkPlatform = (sender: Sender, platform: string): void => {
  if (sender.class !== "content" || sender.platform !== platform)
    throw new MessageError("not-allowed", "This message is not allowed from here.");
};

/** The account's own list was shown: what is in it is the seller's. */
export const noteOwnIds = async (
  { platform, externalIds }: Request<"content.ownIds">,
  sender: Sender,
): Promise<Response<"content.ownIds">> => {
  checkPlatform(sender, platform);
  await database.transaction("rw", database.settings, async () => {
    const known = (await readSetting("ownIds")) ?? {};
    const ids = [...new Set([...externalIds, ...(known[platform] ?? [])])].slice(0, KEPT);
    await writeSetting("ownIds", { ...known, [platform]: ids });
  });
  return { ok: true };
};

export const isOwnListing = async (
  { platform, externalId }: Request<"content.isOwn">,
  sender: Sender,
): Promise<Response<"content.isOwn">> => {
  checkPlatform(sender, platform);
  if ((await readSetting("ownIds"))?.[platform]?.includes(externalId)) return { own: true };
  const posted = await database.listings
    .filter((one) => one.platform === platform && one.externalId === externalId)
    .count();
  return { own: posted > 0 };
};
