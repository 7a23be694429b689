/** Adding pictures to an item, from a drop, a paste, a file pick or an import. */
import type { Item } from "#core/item/item.ts";
import { attachPhotos } from "../item-photos.ts";
import { preparePhoto } from "./prepare-photo.ts";

export type AddedPhotos = { item: Item | null; problems: { name: string; message: string }[] };

/**
 * Each picture is written as soon as it is ready, so closing the page loses none that was done. What cannot be read is
 * reported and does not stop the others.
 * @param onProgress called after every file with how many are done.
 */
export const addPhotos = async (
  itemId: string,
  files: readonly File[],
  onProgress?: (done: number, total: number) => void,
): Promise<AddedPhotos> => {
  let item: Item | null = null;
  const problems: AddedPhotos["problems"] = [];
  for (const [index, file] of files.entries()) {
    try {
      const prepared = await preparePhoto(file, file.name);
      item = await attachPhotos(itemId, [{ ...prepared, name: file.name, original: file }]);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      problems.push({ name: file.name, message: error.message });
    }
    onProgress?.(index + 1, files.length);
  }
  return { item, problems };
};
