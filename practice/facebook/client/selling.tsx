import { useEffect, useState } from "react";
import { query } from "./api.ts";
import { Dialog, Press } from "./parts.tsx";
import { navigate, useAddress } from "./router.ts";

interface SellingRow {
  readonly id: string;
  readonly title: string;
  readonly price: string;
  readonly photo: string;
  readonly status: string;
}

export function Selling() {
  const address = useAddress();
  const search = address.searchParams.get("title_search") ?? "";
  const [rows, setRows] = useState<readonly SellingRow[] | null>(null);
  const [typed, setTyped] = useState(search);
  const [toast, setToast] = useState(address.searchParams.has("published"));
  const load = () =>
    query<{ listings: SellingRow[] }>("MarketplaceYouSellingQuery", { titleSearch: search }).then(
      ({ listings }) => setRows(listings),
      () => location.assign("/login/?next=/marketplace/you/selling"),
    );
  useEffect(() => void load(), [search]);
  useEffect(() => {
    if (!toast) return;
    history.replaceState(null, "", address.pathname);
    const timer = setTimeout(() => setToast(false), 8000);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <section className="selling">
      <h1>Your listings</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          navigate(`/marketplace/you/selling?title_search=${encodeURIComponent(typed)}`);
        }}
      >
        <input
          type="search"
          className="search"
          placeholder="Search your listings"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
      {rows === null ? (
        <div className="loading" aria-busy="true" />
      ) : rows.length ? null : (
        <p className="help">No listings found</p>
      )}
      {rows?.map((row) => (
        <ListingRow key={row.id} row={row} onChanged={() => void load()} />
      ))}
      {toast ? (
        <div role="alert" className="toast">
          Listing published
        </div>
      ) : null}
    </section>
  );
}

function ListingRow({ row, onChanged }: { row: SellingRow; onChanged: () => void }) {
  const [menu, setMenu] = useState(false);
  const [dialog, setDialog] = useState<"delete" | "sold" | null>(null);
  const act = async (name: string) => {
    setDialog(null);
    await query(name, { id: row.id });
    onChanged();
  };
  const sold = row.status === "sold";
  return (
    <div className="listing">
      <a href={`/marketplace/item/${row.id}/`} className="listing-photo" aria-label={row.title}>
        <img src={`/images/${row.photo}_200.jpg`} alt="" />
      </a>
      <div className="listing-text">
        <a href={`/marketplace/item/${row.id}/`}>
          <span className="listing-title">{row.title}</span>
        </a>
        <span>${row.price.replace(/\.00$/, "")}</span>
        <span className="help">{sold ? "Sold" : "Active"} · Listed on Marketplace</span>
        <div className="listing-buttons">
          <Press
            label={sold ? "Mark as available" : "Mark as sold"}
            onPress={() => (sold ? void act("MarketplaceMarkAsSoldMutation") : setDialog("sold"))}
          />
          <Press label="Share" onPress={() => undefined} />
          <Press label={`More options for ${row.title}`} onPress={() => setMenu(!menu)}>
            <span>⋯</span>
          </Press>
          {menu ? (
            <div role="menu" className="list list-small">
              <a role="menuitem" className="row" href={`/marketplace/edit/?listing_id=${row.id}`}>
                Edit listing
              </a>
              <div
                role="menuitem"
                tabIndex={0}
                className="row"
                onClick={() => {
                  setMenu(false);
                  setDialog("delete");
                }}
              >
                Delete listing
              </div>
            </div>
          ) : null}
        </div>
      </div>
      {dialog === "delete" ? (
        <DeleteDialog
          onClose={() => setDialog(null)}
          onDelete={() => void act("MarketplaceListingDeleteMutation")}
        />
      ) : null}
      {dialog === "sold" ? (
        <SoldDialog
          onClose={() => setDialog(null)}
          onSold={() => void act("MarketplaceMarkAsSoldMutation")}
        />
      ) : null}
    </div>
  );
}

export const DeleteDialog = ({ onClose, onDelete }: { onClose: () => void; onDelete: () => void }) => (
  <Dialog label="Delete listing" onClose={onClose}>
    <p>Are you sure that you want to delete this listing?</p>
    <div className="listing-buttons">
      <Press label="Cancel" onPress={onClose} />
      <Press label="Delete" kind="primary" onPress={onDelete} />
    </div>
  </Dialog>
);

const answers = [
  "Yes, sold on Facebook",
  "Yes, sold elsewhere",
  "No, I didn't sell it",
  "I'd rather not answer",
];

function SoldDialog({ onClose, onSold }: { onClose: () => void; onSold: () => void }) {
  const [answer, setAnswer] = useState("");
  return (
    <Dialog label="Did you sell this item?" onClose={onClose}>
      <div role="radiogroup" aria-label="Did you sell this item?">
        {answers.map((text) => (
          <div
            key={text}
            role="radio"
            aria-checked={text === answer}
            tabIndex={0}
            className="row row-check"
            onClick={() => setAnswer(text)}
          >
            <div className="row-name">{text}</div>
            <i className="tick">{text === answer ? "●" : "○"}</i>
          </div>
        ))}
      </div>
      <Press label="Next" kind="primary" disabled={!answer} onPress={onSold} />
    </Dialog>
  );
}
