/** "Post this": the most recent items, or the ones with the words typed. */
import { useLiveQuery } from "dexie-react-hooks";
import { Search } from "lucide-react";
import { useState } from "react";
import { database } from "#extension/store/database.ts";
import { Button } from "#extension/ui/button.tsx";
import { formatMoney } from "#extension/ui/format.ts";
import { PhotoThumb } from "../photos/photo-thumb.tsx";
import { openDashboard } from "./open-dashboard.ts";
import { words } from "./words.ts";

export function ItemPicker() {
  const [typed, setTyped] = useState("");
  const found = useLiveQuery(async () => {
    const wanted = typed.trim().toLowerCase();
    const items = database.items
      .orderBy("updatedAt")
      .reverse()
      .filter((i) => i.deletedAt === null);
    return items
      .filter((i) => !wanted || `${i.title} ${i.sku}`.toLowerCase().includes(wanted))
      .limit(5)
      .toArray();
  }, [typed]);
  if (!found) return null;
  const empty = found.length === 0 && typed === "";
  return (
    <section aria-labelledby="post-an-item">
      <h2 id="post-an-item" className="mb-1 text-sm font-semibold text-ink-2">
        {words.postAnItem}
      </h2>
      {empty ? (
        <div className="card flex items-center justify-between gap-2 p-3 text-ink-2">
          {words.noItems}
          <Button kind="primary" small onClick={() => openDashboard("/inventory")}>
            {words.addFirst}
          </Button>
        </div>
      ) : (
        <div className="card">
          <div className="relative border-b border-line">
            <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
            <input
              type="search"
              aria-label={words.findItem}
              placeholder={words.findItem}
              value={typed}
              onChange={(e) => setTyped(e.target.value)}
              className="control border-transparent pl-9"
            />
          </div>
          <ul className="divide-y divide-line">
            {found.map((item) => (
              <li key={item.id}>
                <button
                  type="button"
                  aria-label={words.crosspost(item.title)}
                  onClick={() => openDashboard(`/inventory?crosspost=${item.id}`)}
                  className="flex w-full items-center gap-3 px-3 py-2 text-left hover:bg-sunken"
                >
                  <PhotoThumb photoId={item.photos[0]?.id} className="size-9" />
                  <span className="min-w-0 flex-1 truncate">{item.title}</span>
                  <span className="tabular text-ink-2">{formatMoney(item.price)}</span>
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 ? <p className="p-3 text-ink-3">{words.noMatch}</p> : null}
        </div>
      )}
    </section>
  );
}
