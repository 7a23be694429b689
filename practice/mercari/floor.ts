/** The fastest a page can take this form: raw writes by known handles, waiting only for the page's own reactions. */
import { floorSource, type FloorOptions, type InlinePhoto, type InPage } from "../floor-source.ts";
import type { MercariItem, PracticeItem } from "../items.ts";

interface Data {
  readonly wanted: MercariItem;
  readonly photos: readonly InlinePhoto[];
}

/** Runs inside the page. With photos it ends when List could be pressed. */
async function fill({ until, set, press, attach, byText }: InPage, { wanted, photos }: Data): Promise<void> {
  const id = (name: string) => document.querySelector<HTMLElement>(`[data-testid="${name}"]`);
  const enabled = (name: string) =>
    document.querySelector<HTMLElement>(`[data-testid="${name}"]:not([disabled])`);
  const dialog = () => document.querySelector('[role="dialog"]');
  const blur = (element: Element | null) =>
    element?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));

  await until(() => id("Title"));
  if (photos.length) {
    attach(id("SellPhotoInput"), photos);
    await until(() => document.querySelectorAll('[aria-label^="Remove photo"]').length === photos.length);
    // The recogniser writes the title: what is written before it is overwritten.
    await until(() => (id("Title") as HTMLInputElement).value);
  }
  set(id("Title"), wanted.title);
  set(id("Description"), wanted.description);
  press(id("SellCategoryFieldButton"));
  for (const name of wanted.category)
    press(await until(() => byText("button", name, dialog() ?? document.body)));
  if (wanted.brand === null) press(id("NoBrandLink")?.querySelector("input"));
  else {
    const brand = wanted.brand;
    set(id("Brand"), brand);
    press(await until(() => byText('li[role="option"]', brand)));
  }
  press(
    [...document.querySelectorAll<HTMLElement>('label[data-testid^="Condition"]')].find((each) =>
      each.innerText.startsWith(`${wanted.condition}\n`),
    ),
  );
  const list = async (name: string, value: string) => {
    press(await until(() => id(name)));
    const option = await until(() => byText('li[role="option"]', value));
    option.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    option.dispatchEvent(new PointerEvent("pointermove", { bubbles: true }));
    await until(() => option.className.includes("active"));
    option.click();
  };
  if (wanted.size) await list("Size", wanted.size);
  if (wanted.color) await list("Color", wanted.color);

  press(id("ShipsFromAddButton"));
  set(await until(() => document.querySelector('[placeholder="Enter 5-digit Zip Code"]')), wanted.zip);
  press(await until(() => byText("button:not([disabled])", "Save", dialog() ?? document.body)));
  press(document.querySelector("#MERCARI"));
  if (!wanted.freeShipping) {
    press(id("ShippingPayerOption"));
    press(await until(() => id("FreeShippingNoButton")));
  }
  const label = id("SelectShipping") as HTMLInputElement;
  await until(() => !label.value.startsWith("Add title"));
  press(label);
  press(await until(() => byText("button", "Got it")));
  set(await until(() => id("ItemWeightInPounds")), String(wanted.weight.pounds));
  set(id("ItemWeightInOunces"), String(wanted.weight.ounces));
  if (wanted.sides === null) press(id("FitsInShoeboxYes"));
  else {
    const [length, width, height] = wanted.sides;
    press(id("FitsInShoeboxNo"));
    set(await until(() => id("InputLength")), String(length));
    set(id("InputWidth"), String(width));
    set(id("InputHeight"), String(height));
  }
  press(await until(() => enabled("SelectCarrierButton")));
  press(await until(() => byText("label", wanted.carrier)));
  press(await until(() => enabled("SelectCarrierSaveButton")));

  set(id("Price"), wanted.price);
  blur(id("Price"));
  if (wanted.floor === null) press(id("SmartPricingTurnOffButton"));
  else {
    set(id("SmartPricingFloorPrice"), wanted.floor);
    blur(id("SmartPricingFloorPrice"));
  }
  if (photos.length) await until(() => enabled("ListButton"));
}

/** Source of an expression that fills the sell form; with photos it resolves when List could be pressed. */
export const floorFill = (item: PracticeItem, { photos = [] }: FloorOptions = {}): string =>
  floorSource(fill, { wanted: item.mercari, photos });
