/**
 * The fastest the wizard can take a posting: raw writes by known names. Craigslist is a page load per step, so the
 * source is evaluated once per page: it fills the step at hand and sends it. On the preview it does nothing.
 */
import { floorSource, type FloorOptions, type InlinePhoto, type InPage } from "../floor-source.ts";
import type { CraigslistItem, PracticeItem } from "../items.ts";

interface Data {
  readonly wanted: CraigslistItem;
  readonly photos: readonly InlinePhoto[];
}

/** Runs inside one page of the wizard. */
async function fill({ until, set, attach, byText }: InPage, { wanted, photos }: Data): Promise<void> {
  const step = new URL(location.href).searchParams.get("s") ?? "";
  const named = (name: string) => document.querySelector<HTMLInputElement>(`[name="${name}"]`);
  const send = (selector: string) => document.querySelector<HTMLButtonElement>(selector)?.click();
  const choose = (label: string) => {
    byText("label", label)?.querySelector("input")?.click();
    send("button.continue");
  };
  switch (step) {
    case "copyfromanother":
      return send("button.skip");
    case "subarea":
      return choose(wanted.subarea);
    case "hood":
      return choose(wanted.hood);
    case "type":
      return choose("for sale by owner");
    case "cat":
      return choose(wanted.category);
    case "edit": {
      const texts = {
        PostingTitle: wanted.title,
        price: wanted.price,
        geographic_area: wanted.place,
        postal: wanted.postal,
        PostingBody: wanted.body,
        sale_manufacturer: wanted.make,
        sale_model: wanted.model,
        sale_size: wanted.size,
      };
      for (const [name, value] of Object.entries(texts)) set(named(name), value);
      for (const [name, label] of [
        ["condition", wanted.condition],
        ["language", wanted.language],
      ] as const) {
        const select = named(name) as unknown as HTMLSelectElement;
        select.value = [...select.options].find((option) => option.text === label)?.value ?? "";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      const delivery = named("delivery_available");
      if (delivery && delivery.checked !== wanted.delivery) delivery.click();
      return send("button.continue");
    }
    case "geoverify":
      return send("button.continue");
    case "editimage": {
      if (photos.length) {
        const count = document.querySelector<HTMLElement>(".imgcount");
        attach(document.querySelector('input[type="file"]'), photos);
        await until(() => count?.innerText.includes(`has ${photos.length} image`));
      }
      return send("#doneWithImages");
    }
  }
}

/** Source of an expression for one page of the wizard: evaluate it on each until the preview is there. */
export const floorFill = (item: PracticeItem, { photos = [] }: FloorOptions = {}): string =>
  floorSource(fill, { wanted: item.craigslist, photos });
