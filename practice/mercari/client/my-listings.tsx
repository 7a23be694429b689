import { useEffect, useRef, useState } from "react";
import { pageConfig } from "../../page/config.ts";
import type { Card } from "../listing.ts";
import type { ListingsPage, ListingsView, Tab } from "../own-listings.ts";
import { call } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { Header } from "./header.tsx";

const tabs: readonly (readonly [Tab, string])[] = [
  ["active", "Active"],
  ["in_progress", "In progress"],
  ["complete", "Complete"],
  ["inactive", "Inactive"],
  ["draft", "Drafts"],
];
const ribbons: Readonly<Record<string, string>> = {
  inactive: "INACTIVE",
  sold: "SOLD OUT",
  held: "UNDER REVIEW",
};

export function MyListings() {
  const { data } = pageConfig<ListingsView>();
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
        <Tabs view={data} />
        {data.filtered ? (
          <div className="bulk" data-testid="AppliedFilters">
            <span>Status: Sold or inactive</span>
            <button type="button" className="secondary">
              Clear all
            </button>
          </div>
        ) : null}
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
        <Cards
          view={data}
          cards={cards}
          chosen={chosen}
          onToggle={toggle}
          onMore={(more) => setCards((now) => [...now, ...more])}
        />
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

const Tabs = ({ view }: { view: ListingsView }) => (
  <nav className="tabs">
    {tabs.map(([id, label]) => (
      <a key={id} href={`/mypage/listings/${id}/`} aria-current={id === view.tab ? "page" : undefined}>
        <span>{label}</span> <small>{view.counts[id]}</small>
      </a>
    ))}
  </nav>
);

interface CardsProps {
  readonly view: ListingsView;
  readonly cards: readonly Card[];
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly onMore: (cards: readonly Card[]) => void;
}

/** Grows as its end is scrolled into sight; what has been drawn stays. */
function Cards({ view, cards, chosen, onToggle, onMore }: CardsProps) {
  const [next, setNext] = useState(view.next);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = end.current;
    if (!mark || next === null) return;
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      watch.disconnect();
      void call<ListingsPage>("myListings", { tab: view.tab, cursor: next }).then((page) => {
        onMore(page.cards);
        setNext(page.next);
      });
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, [next]);
  if (view.shows === "nothing") return null;
  if (view.shows === "skeleton") return <div className="skeleton" data-testid="ListingsSkeleton" />;
  if (!cards.length) return <p className="none">Nothing here yet</p>;
  return (
    <>
      <ul className="cards">
        {cards.map((card) => (
          <ItemCard
            key={card.id}
            card={card}
            renamed={view.renamed}
            chosen={chosen.has(card.id)}
            onToggle={() => onToggle(card.id)}
          />
        ))}
      </ul>
      {next === null ? null : <div ref={end} className="skeleton" data-testid="ListingsSkeleton" />}
    </>
  );
}

interface CardProps {
  readonly card: Card;
  readonly renamed: boolean;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

function ItemCard({ card, renamed, chosen, onToggle }: CardProps) {
  const href = renamed
    ? `/us/listing/${card.id}/`
    : card.status !== "draft"
      ? `/us/item/${card.id}/`
      : card.id
        ? `/sell/?draft=${card.id}`
        : "/sell/";
  const ribbon = ribbons[card.status];
  return (
    <li className={renamed ? "item-tile" : "item-card"}>
      <input
        type="checkbox"
        data-testid="ListingItemCheckbox"
        aria-label={`Select ${card.title}`}
        checked={chosen}
        onChange={onToggle}
      />
      <a href={href}>
        <img src={card.photos[0] ? `/images/${card.photos[0]}_200.jpg` : ""} alt="" />
        <span className="item-title">{card.title}</span>
      </a>
      <b>${card.price}</b>
      {ribbon ? <small className="ribbon">{ribbon}</small> : null}
      <a className="link" href={card.status === "draft" ? href : `/sell/edit/${card.id}/`}>
        Edit
      </a>
    </li>
  );
}
