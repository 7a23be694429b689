/** What a site will be sent, laid out as a listing reads: pictures, title, price, text, then the rest line by line. */
import type { Item } from "#core/item/item.ts";
import { itemFor, type ChannelId } from "#core/marketplace/marketplace.ts";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { text } from "#extension/ui/messages.ts";
import { PhotoThumb } from "../photos/photo-thumb.tsx";

const OWN_PLACE = ["photos", "title", "price", "description"];

/** "165" as it is typed into the site's form, with its currency and no digit more. */
const priceText = (typed: string, currency: string): string =>
  /^\d+(\.\d+)?$/.test(typed)
    ? new Intl.NumberFormat(undefined, {
        style: "currency",
        currency,
        minimumFractionDigits: typed.split(".")[1]?.length ?? 0,
      }).format(Number(typed))
    : typed;

export function ChannelPreview({ item, channel }: { item: Item; channel: ChannelId }) {
  const { photos: rules, previewOf } = MARKETPLACES[channel];
  const lines = previewOf(item);
  const valueOf = (field: string) => lines.find((l) => l.field === field)?.value;
  const [cover, ...others] = item.photos.slice(0, rules.max);
  const price = valueOf("price");
  return (
    <div className="card overflow-hidden">
      <div className="flex items-center gap-2 border-b border-line px-3 py-2 text-sm text-ink-2">
        <ChannelTile channel={channel} size={20} />
        {channelName(channel)}
      </div>
      <div className="grid gap-4 p-3 sm:grid-cols-[200px_minmax(0,1fr)]">
        {cover ? (
          <div className="flex flex-col gap-2">
            <PhotoThumb photoId={cover.id} alt={cover.alt} large className="aspect-4/3 w-full" />
            {others.length > 0 ? (
              <div
                className="flex gap-2 overflow-x-auto"
                tabIndex={0}
                role="group"
                aria-label={text.fields["photos"]}
              >
                {others.map((p) => (
                  <PhotoThumb key={p.id} photoId={p.id} alt={p.alt} className="size-12" />
                ))}
              </div>
            ) : null}
          </div>
        ) : null}
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-lg font-semibold break-words">{valueOf("title")}</p>
          {price ? (
            <p className="tabular text-lg">{priceText(price, itemFor(item, channel).price.currency)}</p>
          ) : null}
          <p className="mt-1 break-words whitespace-pre-line text-ink-2">{valueOf("description")}</p>
        </div>
      </div>
      <dl className="divide-y divide-line border-t border-line text-sm">
        {lines
          .filter((line) => !OWN_PLACE.includes(line.field))
          .map((line) => (
            <div
              key={`${line.field} ${line.label}`}
              className="grid grid-cols-[120px_minmax(0,1fr)] gap-3 px-3 py-2"
            >
              <dt className="text-ink-3">{line.label}</dt>
              <dd className="break-words whitespace-pre-line">{line.value || "–"}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
