import { useState } from "react";
import { pageConfig } from "../../page/config.ts";
import type { Card } from "../listing.ts";
import { call } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { Header } from "./header.tsx";

const tabs = [
  ["active", "Active"],
  ["in_progress", "In progress"],
  ["complete", "Complete"],
  ["draft", "Drafts"],
] as const;

export function MyListings() {
  const { data } = pageConfig<{ tab: string; cards: readonly Card[] }>();
  const [cards, setCards] = useState(data.cards);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [toast, setToast] = useState<string | null>(null);
  const count = `${chosen.size} item${chosen.size === 1 ? "" : "s"}`;
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const deactivate = async () => {
    setAsking(false);
    await call("deactivateListings", { ids: [...chosen] });
    setCards(cards.map((card) => (chosen.has(card.id) ? { ...card, status: "inactive" } : card)));
    setToast(`${count} deactivated`);
    setChosen(new Set());
  };
  return (
    <>
      <Header />
      <main className="listings">
        <h1>My listings</h1>
        <nav className="tabs">
          {tabs.map(([id, label]) => (
            <a key={id} href={`/mypage/listings/${id}/`} aria-current={id === data.tab ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
        {chosen.size ? (
          <div className="bulk" data-testid="BulkActions">
            <input
              type="checkbox"
              data-testid="SelectAllCheckbox"
              aria-label="Select all"
              checked
              onChange={() => setChosen(new Set(chosen.size < cards.length ? cards.map(({ id }) => id) : []))}
            />
            <span>{count} selected</span>
            <button type="button" className="secondary" onClick={() => setAsking(true)}>
              Deactivate
            </button>
          </div>
        ) : null}
        {cards.length ? null : <p className="none">Nothing here yet</p>}
        <ul className="cards">
          {cards.map((card) => (
            <li key={card.id} className="item-card">
              <input
                type="checkbox"
                data-testid="ListingItemCheckbox"
                aria-label={`Select ${card.title}`}
                checked={chosen.has(card.id)}
                onChange={() => toggle(card.id)}
              />
              <a href={`/us/item/${card.id}/`}>
                <img src={card.photos[0] ? `/images/${card.photos[0]}_200.jpg` : ""} alt="" />
                <span className="item-title">{card.title}</span>
              </a>
              <b>${card.price}</b>
              {card.status === "inactive" ? <small className="ribbon">INACTIVE</small> : null}
              <a className="link" href={`/sell/edit/${card.id}/`}>
                Edit
              </a>
            </li>
          ))}
        </ul>
        {toast ? (
          <p className="toast" role="status">
            {toast}
          </p>
        ) : null}
      </main>
      {asking ? (
        <Dialog title={`Deactivate ${count}?`} onClose={() => setAsking(false)}>
          <p>Buyers will no longer see {chosen.size === 1 ? "this listing" : "these listings"}.</p>
          <button type="button" className="primary" onClick={() => void deactivate()}>
            Deactivate
          </button>
        </Dialog>
      ) : null}
    </>
  );
}
