/**
 * This browser's own record of its presses, written before each one and on the disk before it is used: a press whose record a
 * power cut took away would be made again. In a database of its own, so that nothing that befalls the records takes it along.
 */
import Dexie, { type Table } from "dexie";

type PressRow = { postId: string; attempt: number; fence: number; at: string };

class PressDatabase extends Dexie {
  declare presses: Table<PressRow, [string, number]>;
  constructor() {
    super("hawker-presses", { chromeTransactionDurability: "strict" });
    this.version(1).stores({ presses: "[postId+attempt]" });
  }
}

const presses = new PressDatabase().presses;

/** On the disk when it resolves. */
export const recordPress = async (postId: string, attempt: number, fence: number): Promise<void> => {
  await presses.put({ postId, attempt, fence, at: new Date().toISOString() });
};

/** Whether this browser may have pressed for this attempt. */
export const hasPressed = async (postId: string, attempt: number): Promise<boolean> =>
  (await presses.get([postId, attempt])) !== undefined;

const pressesOf = (postId: string) =>
  presses.where("[postId+attempt]").between([postId, Dexie.minKey], [postId, Dexie.maxKey]);

/** The latest attempt for which this browser may have pressed. */
export const lastPress = async (postId: string): Promise<number | null> =>
  (await pressesOf(postId).last())?.attempt ?? null;

/** All of a post's: whoever keeps its record knows of them, and counts its attempts anew. */
export const forgetPresses = async (postId: string): Promise<void> => {
  await pressesOf(postId).delete();
};

/** The permit was not used after all. */
export const erasePress = async (postId: string, attempt: number): Promise<void> => {
  await presses.delete([postId, attempt]);
};
