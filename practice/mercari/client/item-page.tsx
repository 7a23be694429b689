import { useState } from "react";
import { pageConfig } from "../../page/config.ts";
import type { ListingFields } from "../../ledger-entry.ts";
import type { Card } from "../listing.ts";
import { call } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { Header } from "./header.tsx";

type Item = Card & { readonly fields: ListingFields; readonly owner: boolean };

export function ItemPage() {
  const { data } = pageConfig<Item>();
  const [menu, setMenu] = useState(false);
  const [asking, setAsking] = useState(false);
  const [status, setStatus] = useState(data.status);
  const text = (name: string) => String(data.fields[name] ?? "");
  const ribbon = status === "inactive" ? "INACTIVE" : status === "sold" ? "SOLD OUT" : null;
  const act = async (operation: "deactivateListings" | "deleteListing") => {
    setMenu(false);
    setAsking(false);
    await call(operation, operation === "deleteListing" ? { id: data.id } : { ids: [data.id] });
    if (operation === "deleteListing") location.assign("/mypage/listings/active/");
    else setStatus("inactive");
  };
  return (
    <>
      <Header />
      <main className="item">
        <div className="gallery">
          {data.photos.map((sha) => (
            <div key={sha} className="square" data-testid="ProductSquareImage">
              <img src={`/images/${sha}_600.jpg`} alt={data.title} />
              {ribbon ? (
                <div className="ribbon" data-testid="ItemDetailsRibbon">
                  <p>{ribbon}</p>
                </div>
              ) : null}
            </div>
          ))}
        </div>
        <section className="facts">
          <h1 data-testid="ItemName">{data.title}</h1>
          <p className="price" data-testid="ItemPrice">
            ${data.price}
          </p>
          {data.owner ? (
            <div className="owner">
              <button
                type="button"
                className="secondary"
                data-testid="MoreItemOptions"
                aria-label="More options"
                onClick={() => setMenu(!menu)}
              >
                ⋯
              </button>
              {menu ? (
                <div className="owner-menu" data-testid="ItemOptions">
                  <a href={`/sell/edit/${data.id}/`}>Edit item</a>
                  <button type="button" onClick={() => void act("deactivateListings")}>
                    Deactivate
                  </button>
                  <button type="button" onClick={() => setAsking(true)}>
                    Delete item
                  </button>
                </div>
              ) : null}
            </div>
          ) : status === "active" ? (
            <button type="button" className="primary">
              Buy now
            </button>
          ) : (
            <p>This item is no longer available</p>
          )}
          <p className="description">{text("description")}</p>
          <dl>
            {["condition", "brand", "category", "size", "color"].map((name) =>
              text(name) ? (
                <div key={name} className="fact">
                  <dt>{name}</dt>
                  <dd>{text(name)}</dd>
                </div>
              ) : null,
            )}
          </dl>
        </section>
      </main>
      {asking ? (
        <Dialog title="Delete this item?" onClose={() => setAsking(false)}>
          <button type="button" className="primary" onClick={() => void act("deleteListing")}>
            Delete
          </button>
        </Dialog>
      ) : null}
    </>
  );
}
