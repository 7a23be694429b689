/** The seller's own list: a grid that draws only what is near the screen and fetches more as it is scrolled. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { SellingPage, SellingRow } from "../selling-list.ts";
import { query } from "./api.ts";
import { ListingRow } from "./listing-row.tsx";
import { Press } from "./parts.tsx";
import { navigate, useAddress } from "./router.ts";
import { VirtualRows } from "./virtual-rows.tsx";

type Shown = Omit<SellingPage, "listings"> & { readonly rows: readonly SellingRow[] };

/** What has been fetched so far, and how to fetch more of it. */
function useSelling(search: string) {
  const [shown, setShown] = useState<Shown | null>(null);
  const fetching = useRef(false);
  const fetchFrom = useCallback(
    async (before: Shown | null) => {
      if (fetching.current) return;
      fetching.current = true;
      try {
        const cursor = before?.next ?? null;
        const variables = { titleSearch: search, cursor };
        const { listings, ...page } = await query<SellingPage>("MarketplaceYouSellingQuery", variables);
        const undrawn = before?.undrawn ?? page.undrawn;
        setShown({ ...page, undrawn, rows: [...(before?.rows ?? []), ...listings] });
      } catch {
        location.assign("/login/?next=/marketplace/you/selling");
      } finally {
        fetching.current = false;
      }
    },
    [search],
  );
  useEffect(() => void fetchFrom(null), [fetchFrom]);
  return { shown, more: () => void fetchFrom(shown), again: () => void fetchFrom(null) };
}

const Glimmer = () => <div className="loading" role="progressbar" aria-valuetext="Loading..." />;

export function Selling() {
  const address = useAddress();
  const search = address.searchParams.get("title_search") ?? "";
  const [typed, setTyped] = useState(search);
  const [toast, setToast] = useState(address.searchParams.has("published"));
  const { shown, more, again } = useSelling(search);
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
      {shown?.filtered ? (
        <div className="filters">
          <span>Filters (1)</span>
          <span className="help">Sold &amp; out of stock</span>
          <Press label="Clear all" onPress={again} />
        </div>
      ) : null}
      {shown === null || shown.shows === "skeleton" ? (
        <Glimmer />
      ) : shown.shows === "nothing" ? null : shown.rows.length ? (
        <Rows shown={shown} onMore={more} onChanged={again} />
      ) : (
        <p className="help">No listings found</p>
      )}
      {toast ? (
        <div role="alert" className="toast">
          Listing published
        </div>
      ) : null}
    </section>
  );
}

interface RowsProps {
  readonly shown: Shown;
  readonly onMore: () => void;
  readonly onChanged: () => void;
}

function Rows({ shown, onMore, onChanged }: RowsProps) {
  const { rows, undrawn, next, renamed } = shown;
  return (
    <>
      <VirtualRows
        count={rows.length}
        onNearEnd={next === null ? null : onMore}
        row={(index) => {
          const row = rows[index];
          if (!row) return null;
          return {
            key: row.id,
            content:
              index < undrawn ? (
                <Glimmer />
              ) : (
                <ListingRow row={row} renamed={renamed} onChanged={onChanged} />
              ),
          };
        }}
      />
      {next === null ? null : <Glimmer />}
    </>
  );
}
