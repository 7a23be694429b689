/** The fastest a page can take this form: raw writes by known handles, waiting only for the page's own reactions. */
import { floorSource, type FloorOptions, type InlinePhoto, type InPage } from "../floor-source.ts";
import type { FacebookItem, PracticeItem } from "../items.ts";

interface Data {
  readonly wanted: FacebookItem;
  readonly photos: readonly InlinePhoto[];
}

/** Runs inside the page. Ends on the last step, with Publish ready. */
async function fill({ until, set, press, attach, byText }: InPage, { wanted, photos }: Data): Promise<void> {
  const box = (name: string) => byText("label", name);
  const control = (name: string) =>
    box(name)?.querySelector("input:not([disabled]), textarea:not([disabled])");
  const dialog = (name: string) => document.querySelector(`[role="dialog"][aria-label="${name}"]`);
  const ready = (name: string) =>
    document.querySelector(`[role="button"][aria-label="${name}"]:not([aria-disabled])`);
  const choose = async (name: string, value: string) => {
    const field = await until(() => box(name));
    // The field may not listen yet: ask until the dialog is there.
    const asking = setInterval(() => !dialog(name) && press(field), 50);
    press(field);
    const rows = await until(() => dialog(name));
    clearInterval(asking);
    press(byText('[role="button"]', value, rows));
  };

  if (photos.length) attach(document.querySelector('input[type="file"][accept*="image"]'), photos);
  set(await until(() => control("Title")), wanted.title);
  set(await until(() => control("Price")), wanted.price);
  set(control("Description"), wanted.description);
  await choose("Condition", wanted.condition);
  await choose("Category", wanted.category);
  if (wanted.color) await choose("Color", wanted.color);
  for (const [name, value] of [
    ["Brand", wanted.brand],
    ["Material", wanted.material],
    ["SKU", wanted.sku],
  ] as const) {
    if (value) set(await until(() => control(name)), value);
  }
  for (const tag of wanted.tags) {
    const input = control("Product tags");
    set(input, tag);
    await until(() => (input as HTMLInputElement).value === tag);
    input?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await until(() => byText("span", tag));
  }
  set(control("Location"), wanted.location.query);
  press(await until(() => byText('[role="option"]', wanted.location.name)));
  for (const meetup of wanted.meetups) press(byText("label", meetup)?.querySelector("input"));
  const hide = document.querySelector<HTMLInputElement>('[role="switch"][aria-label="Hide from friends"]');
  if (hide?.checked !== wanted.hideFromFriends) press(hide);
  press(await until(() => ready("Next")));

  await until(() => box("Delivery method"));
  if (wanted.weight === null) {
    press(box("Delivery method"));
    press(await until(() => byText('[role="menuitemcheckbox"]', "Shipping")));
  } else {
    press(ready("Select shipping label"));
    const label = await until(() => dialog("Change shipping method"));
    press(byText("label", "Package weight", label));
    const weight = wanted.weight;
    press(await until(() => byText('[role="radio"]', weight, label)));
    press(await until(() => ready("Update")));
    press(await until(() => !dialog("Change shipping method") && ready("Next")));
    const offers = await until(() => document.querySelector('[role="switch"][aria-label="Allow offers"]'));
    if (wanted.minimumPrice === null) press(offers);
    else set(control("Minimum price you'll consider"), wanted.minimumPrice);
  }
  press(await until(() => ready("Next")));
  await until(() => ready("Publish"));
}

/** Source of an expression that fills the create form and resolves when Publish could be pressed. */
export const floorFill = (item: PracticeItem, { photos = [] }: FloorOptions = {}): string =>
  floorSource(fill, { wanted: item.facebook, photos });
