import { useState } from "react";
import { pageConfig } from "../../page/config.ts";
import type { ListingFields } from "../../ledger-entry.ts";
import { query } from "./api.ts";
import { Press } from "./parts.tsx";
import { navigate } from "./router.ts";
import { DeleteDialog } from "./listing-row.tsx";

interface Item {
  readonly id: string;
  readonly fields: ListingFields;
  readonly photos: readonly string[];
  readonly status: string;
  readonly owner: boolean;
}

export function ItemPage() {
  const { item } = pageConfig<{ item: Item | null }>().data;
  const [asking, setAsking] = useState(false);
  if (!item) return <section className="selling">This listing isn't available anymore</section>;
  const text = (name: string) => String(item.fields[name] ?? "");
  const remove = async () => {
    await query("MarketplaceListingDeleteMutation", { id: item.id });
    navigate("/marketplace/you/selling");
  };
  return (
    <section className="item">
      <div className="item-photos">
        {item.photos.map((sha, index) => (
          <img
            key={sha + String(index)}
            src={`/images/${sha}_600.jpg`}
            alt={`Photo ${index + 1} of ${text("title")}`}
          />
        ))}
      </div>
      <div className="item-text">
        <h1>
          <span>{text("title")}</span>
        </h1>
        <div className="item-price">
          {text("price") === "0.00" ? "Free" : `$${text("price").replace(/\.00$/, "")}`}
        </div>
        <div className="help">Listed in {text("location")}</div>
        {item.status === "sold" ? <div className="wrong">Sold</div> : null}
        {item.owner ? (
          <div className="listing-buttons">
            <a
              className="press press-secondary"
              href={`/marketplace/edit/?listing_id=${item.id}`}
              aria-label="Edit listing"
            >
              Edit listing
            </a>
            <Press label="Delete" onPress={() => setAsking(true)} />
          </div>
        ) : (
          <Press label="Message" kind="primary" onPress={() => undefined} />
        )}
        <h3>Details</h3>
        <div className="item-fact">
          <span>Condition</span>
          <span>{text("condition")}</span>
        </div>
        <p className="item-description">{text("description")}</p>
      </div>
      {asking ? <DeleteDialog onClose={() => setAsking(false)} onDelete={() => void remove()} /> : null}
    </section>
  );
}
