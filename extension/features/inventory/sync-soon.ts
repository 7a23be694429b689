import { send } from "#extension/messages/send.ts";

/** Something was written: ask the background to send it. When it cannot be woken now, its alarm sends it later. */
export const syncSoon = (): void => {
  send("sync.now", {}).catch((cause: unknown) => console.info("Sync starts later.", cause));
};
