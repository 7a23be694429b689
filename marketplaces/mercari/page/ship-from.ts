/** The place is a button that opens a dialog with one ZIP field; it then reads "San Francisco, CA 94110". */
import type { Gesture } from "#core/fill/index.ts";
import { SHIP_FROM } from "./locators.ts";

export const shipFrom: Gesture = async (tools, value) => {
  const zip = String(value);
  const opener = () => tools.find(SHIP_FROM.opener);
  const shows = (button: HTMLElement | null) => (button?.innerText ?? "").split(/\D+/).includes(zip);
  const button = await opener();
  if (!button) return tools.refuse("not-found", "the ship-from button");
  if (shows(button)) return { verified: true };
  await tools.press(button);
  const typed = await tools.fill(SHIP_FROM.zip, { kind: "text", text: zip });
  if ("refused" in typed) return typed;
  const save = await tools.find(SHIP_FROM.save);
  if (!save || !(await tools.press(save)))
    return tools.refuse("write-had-no-effect", "the ZIP dialog cannot be saved");
  await tools.waitFor(() =>
    tools.findAll({ by: "css", css: '[role="dialog"]' }).every((dialog) => !dialog.contains(save)),
  );
  return shows(await opener())
    ? { verified: true }
    : tools.refuse("read-back-differs", "the ship-from button shows another place");
};
