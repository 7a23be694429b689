/** Both lanes of a run want the same build at the same moment: it is made before they start. */
import { builtExtension } from "../../scripts/build-extension.ts";

export default async (): Promise<void> => {
  await builtExtension(console.log);
};
