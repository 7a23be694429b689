/** One site: what is missing, what differs there, and how it will look. */
import { itemFieldsSchema, type Item, type ItemFields } from "#core/item/item.ts";
import { itemFor, type ChannelId } from "#core/marketplace/marketplace.ts";
import { mended, withOverrides } from "#core/marketplace/overrides.ts";
import type { Fix } from "#core/plan/problem.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { Button } from "#extension/ui/button.tsx";
import { SelectField } from "#extension/ui/field.tsx";
import { text } from "#extension/ui/messages.ts";
import { Banner, sentenceOf } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { ChannelPreview } from "../crosspost/channel-preview.tsx";
import { ProblemsList } from "../crosspost/problems-list.tsx";
import { FieldControl } from "./field-control.tsx";
import { valueText } from "./field-text.ts";
import { editOf, keyOf, type ShownField } from "./spots.ts";
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

function Differences({ item, channel, draft }: { item: Item; channel: ChannelId; draft: Draft }) {
  const site = MARKETPLACES[channel].identity.name;
  const own = item.overrides[channel] ?? {};
  // What cannot be used has no control; it is a problem with a button of its own.
  const fields = MAY_DIFFER.filter((f) => f in own && itemFieldsSchema.shape[f].safeParse(own[f]).success);
  const change = (field: ShownField, edit: (stored: Item) => Partial<ItemFields>) => {
    const group = keyOf({ channel, field, part: null });
    draft.change(edit, [group]).catch((cause: unknown) => {
      toasts.show(sentenceOf(cause), { meaning: "failed" });
    });
  };
  const without = (stored: Item, field: ShownField) =>
    withOverrides(stored, { channel, set: {}, reset: [field] });
  const differ = (field: ShownField) =>
    change(field, (stored) => editOf(stored, { channel, field }, stored[field]));
  const reset = (field: ShownField) => change(field, (stored) => ({ overrides: without(stored, field) }));
  const updateAll = (field: ShownField) =>
    change(field, (stored) => ({
      [field]: itemFor(stored, channel)[field],
      overrides: without(stored, field),
    }));
  return (
    <section aria-label={words.differs(site)} className="flex flex-col gap-3">
      <h2 className="font-semibold">{words.differs(site)}</h2>
      {fields.length === 0 ? <p className="text-ink-2">{words.nothingDiffers(site)}</p> : null}
      {fields.map((field) => {
        const name = text.fields[field] ?? field;
        return (
          <div key={field} className="card flex flex-col gap-2 p-3">
            <FieldControl
              draft={draft}
              channel={channel}
              field={field}
              hint={words.otherwise(valueText(field, item[field]))}
            />
            <div className="flex flex-wrap gap-2">
              <Button
                small
                aria-label={words.updateAllName(name)}
                disabled={draft.unsaved.some(({ spot }) => spot.channel === channel && spot.field === field)}
                onClick={() => updateAll(field)}
              >
                {words.updateAll}
              </Button>
              <Button small kind="quiet" aria-label={words.resetName(name)} onClick={() => reset(field)}>
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
          if (field) differ(field);
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
  const mend = (_: unknown, fix: Fix) =>
    draft.change(
      (stored) => ({ overrides: mended(stored, fix).overrides }),
      [...Object.keys(fix.set), ...fix.reset].map((field) =>
        keyOf({ channel, field: field as ShownField, part: null }),
      ),
    );
  return (
    <div className="flex flex-col gap-6">
      {hasErrors ? null : <Banner meaning="ok">{words.noProblems(site)}</Banner>}
      {found.length > 0 ? (
        <section aria-label={words.siteProblems(site, hasErrors)} className="flex flex-col gap-2">
          <h2 className="font-semibold">{words.siteProblems(site, hasErrors)}</h2>
          <ProblemsList found={found} showItem={false} showChannel={false} onFix={mend} />
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
