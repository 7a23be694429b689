/** One site: what is missing, what differs there, and how it will look. */
import { categoryPath, type CategoryId } from "#core/item/categories.ts";
import { itemFieldsSchema, type Condition, type Item, type ItemFields } from "#core/item/item.ts";
import { itemFor, type ChannelId } from "#core/marketplace/marketplace.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { Button } from "#extension/ui/button.tsx";
import { formatMoney } from "#extension/ui/format.ts";
import { SelectField } from "#extension/ui/field.tsx";
import { text } from "#extension/ui/messages.ts";
import { Banner } from "#extension/ui/notices.tsx";
import { ChannelPreview } from "../crosspost/channel-preview.tsx";
import { ProblemsList } from "../crosspost/problems-list.tsx";
import { FieldControl, type ShownField } from "./field-control.tsx";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

const MAY_DIFFER: ShownField[] = [
  "title",
  "description",
  "price",
  "quantity",
  "condition",
  "category",
  "brand",
  "size",
  "material",
  "tags",
  "shippingProfile",
  "weightGrams",
  "location",
];

/** The item's override map with one field of one site set or, by undefined, taken out. */
export const withOverride = (
  item: Item,
  channel: ChannelId,
  field: string,
  value: unknown,
): ItemFields["overrides"] => {
  const own = { ...item.overrides[channel] };
  if (value === undefined) delete own[field];
  else own[field] = value;
  return { ...item.overrides, [channel]: own };
};

const shortly = (field: ShownField, value: unknown): string => {
  if (field === "category" && value) return categoryPath(value as CategoryId);
  if (field === "condition" && value) return text.conditions[value as Condition];
  if (field === "shippingProfile") return text.shipping[value as keyof typeof text.shipping];
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return words.none;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object")
    return "amountMinor" in value
      ? formatMoney(value as ItemFields["price"])
      : Object.values(value).join(" ");
  return String(value).slice(0, 80);
};

function Differences({ item, channel, draft }: { item: Item; channel: ChannelId; draft: Draft }) {
  const site = MARKETPLACES[channel].identity.name;
  const merged = itemFor(item, channel);
  const own = item.overrides[channel] ?? {};
  const fields = MAY_DIFFER.filter((f) => f in own);
  const set = (field: ShownField, value: unknown) => {
    const parsed = itemFieldsSchema.shape[field].safeParse(value);
    if (parsed.success || field === "title")
      draft.set({ overrides: withOverride(item, channel, field, value) });
  };
  const updateAll = (field: ShownField) =>
    draft.set({
      [field]: merged[field],
      overrides: withOverride(item, channel, field, undefined),
    } as Partial<ItemFields>);
  return (
    <section aria-label={words.differs(site)} className="flex flex-col gap-3" onBlur={draft.flush}>
      <h2 className="font-semibold">{words.differs(site)}</h2>
      {fields.length === 0 ? <p className="text-ink-2">{words.nothingDiffers(site)}</p> : null}
      {fields.map((field) => {
        const name = text.fields[field] ?? field;
        return (
          <div key={field} className="card flex flex-col gap-2 p-3">
            <FieldControl
              field={field}
              value={merged[field]}
              onChange={(v) => set(field, v)}
              hint={words.otherwise(shortly(field, item[field]))}
            />
            <div className="flex flex-wrap gap-2">
              <Button small aria-label={words.updateAllName(name)} onClick={() => updateAll(field)}>
                {words.updateAll}
              </Button>
              <Button
                small
                kind="quiet"
                aria-label={words.resetName(name)}
                onClick={() => draft.set({ overrides: withOverride(item, channel, field, undefined) })}
              >
                {words.reset}
              </Button>
            </div>
          </div>
        );
      })}
      <SelectField
        label={words.changeField(site)}
        className="max-w-xs"
        value=""
        onChange={(e) => {
          const field = e.target.value as ShownField;
          if (field) set(field, item[field]);
        }}
        options={[
          { value: "", label: words.chooseField },
          ...MAY_DIFFER.filter((f) => !(f in own)).map((f) => ({ value: f, label: text.fields[f] ?? f })),
        ]}
      />
    </section>
  );
}

export function ChannelTab({ item, channel, draft }: { item: Item; channel: ChannelId; draft: Draft }) {
  const site = MARKETPLACES[channel].identity.name;
  const found = MARKETPLACES[channel].problemsOf(item).map((problem) => ({ item, channel, problem }));
  const hasErrors = found.some((f) => f.problem.severity === "error");
  return (
    <div className="flex flex-col gap-6">
      {hasErrors ? null : <Banner meaning="ok">{words.noProblems(site)}</Banner>}
      {found.length > 0 ? (
        <section aria-label={words.siteProblems(site, hasErrors)} className="flex flex-col gap-2">
          <h2 className="font-semibold">{words.siteProblems(site, hasErrors)}</h2>
          <ProblemsList found={found} showItem={false} showChannel={false} />
        </section>
      ) : null}
      <Differences item={item} channel={channel} draft={draft} />
      {hasErrors ? (
        <p className="text-sm text-ink-3">{words.previewLater(site)}</p>
      ) : (
        <section aria-label={words.preview(site)} className="flex flex-col gap-2">
          <h2 className="font-semibold">{words.preview(site)}</h2>
          <ChannelPreview item={item} channel={channel} />
        </section>
      )}
    </div>
  );
}
