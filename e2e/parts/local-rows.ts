/** Reads the extension's own database through one of its pages: what the product itself holds for true. */
import type { Page } from "@playwright/test";
import type { PostEventRow, PostRow } from "#extension/store/rows.ts";

export const localRows = async <T>(page: Page, table: string): Promise<T[]> =>
  (await page.evaluate(
    (name) =>
      new Promise<unknown[]>((resolve, reject) => {
        const open = indexedDB.open("hawker");
        open.onerror = () => reject(new Error("The extension's database does not open."));
        open.onsuccess = () => {
          const all = open.result.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => (resolve(all.result as unknown[]), open.result.close());
          all.onerror = () => reject(new Error(`There is no table ${name}.`));
        };
      }),
    table,
  )) as T[];

/** Rows put there as if they had been for long: screens that are open already do not hear of them. */
export const putRows = async (page: Page, table: string, rows: readonly unknown[]): Promise<void> =>
  page.evaluate(
    ([name, given]) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open("hawker");
        open.onerror = () => reject(new Error("The extension's database does not open."));
        open.onsuccess = () => {
          const transaction = open.result.transaction(name, "readwrite");
          for (const row of given) transaction.objectStore(name).put(row);
          transaction.oncomplete = () => (open.result.close(), resolve());
          transaction.onabort = () => reject(new Error(`Rows were not put into ${name}.`));
        };
      }),
    [table, rows] as const,
  );

export const posts = (page: Page): Promise<PostRow[]> => localRows<PostRow>(page, "posts");

/** Where each post is now, in the order of their ids. */
export const states = async (page: Page): Promise<string[]> =>
  (await posts(page)).map(({ posting }) => posting.state);

/** For a wait that ended badly: the posts and their event logs, then the failure itself. */
export const tellWhatHappened =
  (page: Page) =>
  async (cause: unknown): Promise<never> => {
    const events = await localRows<PostEventRow>(page, "postEvents");
    const told = (await posts(page)).map((post) => {
      const log = events
        .filter(({ postId }) => postId === post.id)
        .map(({ ts, message }) => `  ${ts} ${message}`);
      const { state, ending, question } = post.posting;
      const why = [ending, post.note, question && { asks: question.kind }].filter(Boolean);
      return [`${post.platform} ${state}: ${JSON.stringify(why)}`, ...log].join("\n");
    });
    throw new Error(`${String(cause)}\n${told.join("\n")}`, { cause });
  };
