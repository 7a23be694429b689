/** The place is a button that opens a dialog with one ZIP field; it then reads "San Francisco, CA 94110". */
import type { Gesture, GestureTools } from "#core/fill/index.ts";
import type { Json, Reading } from "#core/plan/index.ts";
import { SHIP_FROM } from "./locators.ts";

const read = (tools: GestureTools, value: Json): Reading => {
  const button = SHIP_FROM.opener.flatMap((locator) => tools.findAll(locator))[0];
  if (!button) return "missing";
  const numbers = button.innerText.split(/\D+/);
  if (numbers.includes(String(value))) return "same";
  return numbers.some((digits) => digits !== "") ? "other" : "empty";
};

export const shipFrom: Gesture = {
  read,
  async act(tools, value) {
    const button = await tools.find(SHIP_FROM.opener);
    if (!button) return tools.refuse("not-found", "the ship-from button");
    await tools.press(button);
    const typed = await tools.fill(SHIP_FROM.zip, { kind: "text", text: String(value) });
    if ("refused" in typed) return typed;
    const save = await tools.find(SHIP_FROM.save);
    if (!save || !(await tools.press(save)))
      return tools.refuse("write-had-no-effect", "the ZIP dialog cannot be saved");
    await tools.waitFor(() =>
      tools.findAll({ by: "css", css: '[role="dialog"]' }).every((dialog) => !dialog.contains(save)),
    );
    return (await tools.waitFor(() => read(tools, value) === "same"))
      ? { verified: true }
      : tools.refuse("read-back-differs", "the ship-from button shows another place");
  },
};
