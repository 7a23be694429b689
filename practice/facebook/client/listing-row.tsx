/** One of the seller's own listings: picture, words, and what can be done with it. */
import { useState } from "react";
import type { SellingRow } from "../selling-list.ts";
import { query } from "./api.ts";
import { Dialog, Press } from "./parts.tsx";

const words: Readonly<Record<string, string>> = {
  active: "Active · Listed on Marketplace",
  sold: "Sold · Listed on Marketplace",
  held: "This listing is being reviewed",
  inactive: "Expired · Renew it to show it again",
  draft: "Draft · Not published yet",
};
const addressOf = ({ id, status }: SellingRow, renamed: boolean) =>
  renamed
    ? `/commerce/listing/${id}/`
    : status === "draft"
      ? `/marketplace/create/item/?draft_id=${id}`
      : `/marketplace/item/${id}/`;

interface Props {
  readonly row: SellingRow;
  readonly renamed: boolean;
  readonly onChanged: () => void;
}

export function ListingRow({ row, renamed, onChanged }: Props) {
  const [dialog, setDialog] = useState<"delete" | "sold" | null>(null);
  const href = addressOf(row, renamed);
  const act = async (name: string) => {
    setDialog(null);
    await query(name, { id: row.id });
    onChanged();
  };
  return (
    <div className="listing">
      <a href={href} className="listing-photo" aria-label={row.title}>
        <img src={row.photo ? `/images/${row.photo}_200.jpg` : ""} alt="" />
      </a>
      <div className="listing-text">
        <a href={href}>
          <span className="listing-title">{row.title}</span>
        </a>
        <span>${row.price.replace(/\.00$/, "")}</span>
        <span className="help">{words[row.status]}</span>
        <div className="listing-buttons">
          <MainButton
            status={row.status}
            onToggleSold={() =>
              row.status === "sold" ? void act("MarketplaceMarkAsSoldMutation") : setDialog("sold")
            }
          />
          <Press label="Share" onPress={() => undefined} />
          <Menu row={row} renamed={renamed} onDelete={() => setDialog("delete")} />
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

function MainButton({ status, onToggleSold }: { status: string; onToggleSold: () => void }) {
  if (status === "draft") return <Press label="Continue" onPress={() => undefined} />;
  if (status === "inactive") return <Press label="Relist" onPress={() => undefined} />;
  if (status === "held") return null;
  return <Press label={status === "sold" ? "Mark as available" : "Mark as sold"} onPress={onToggleSold} />;
}

function Menu({ row, renamed, onDelete }: { row: SellingRow; renamed: boolean; onDelete: () => void }) {
  const [open, setOpen] = useState(false);
  const remove = () => {
    setOpen(false);
    onDelete();
  };
  return (
    <>
      <Press
        label={renamed ? `Manage ${row.title}` : `More options for ${row.title}`}
        onPress={() => setOpen(!open)}
      >
        <span>⋯</span>
      </Press>
      {open ? (
        <div role="menu" className="list list-small">
          <a role="menuitem" className="row" href={`/marketplace/edit/?listing_id=${row.id}`}>
            Edit listing
          </a>
          <div role="menuitem" tabIndex={0} className="row" onClick={remove}>
            Delete listing
          </div>
        </div>
      ) : null}
    </>
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
