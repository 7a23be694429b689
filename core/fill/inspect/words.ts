/** How sites word what an item says: condition, colours, shipping, categories. Data, best match first. */
export const CONDITION_WORDS: Record<string, string> = {
  new_with_tags:
    "new with tags|new with tags (nwt)|nwt|brand new with tags|new with box|new with tags/box|new with tags or box|new - with tags|brand new|new|new/never worn|new (never used)|never worn|new in box",
  new: "new without tags|new without tags (nwot)|nwot|new|brand new|new/never worn|new (never used)|new - without tags|new without box|unused|never used|new other|open box|like new",
  like_new:
    "like new|used - like new|used like new|as new|used - excellent|pre-owned - excellent|excellent|very good|mint|near mint|gently used|lightly used|open box|excellent used condition|excellent condition",
  good: "good|used - good|used good|pre-owned - good|good condition|good used condition|used|used (normal wear)|pre-owned|second hand|secondhand",
  fair: "fair|used - fair|used fair|pre-owned - fair|acceptable|used - acceptable|satisfactory|well worn|fair condition|worn|used|very worn|heavily used|well loved",
  poor: "poor|used - poor|for parts|for parts or not working|for parts/repair|for parts or repair|salvage|poor condition|heavily worn|needs repair|damaged|very worn",
};
/** Listed wider words that must not stand for a better or worse state when the site also has a finer one. */
export const COLOR_WORDS: Record<string, string> = {
  gray: "gray|grey|silver grey|charcoal", multicolor: "multicolor|multi-color|multicolour|multi|multi-colour|multiple|multicolored|multicoloured",
  clear: "clear|transparent", beige: "beige|tan|cream|sand", gold: "gold|golden", silver: "silver", blue: "blue|navy", purple: "purple|violet", brown: "brown", white: "white|off white|off-white", red: "red", pink: "pink", orange: "orange", yellow: "yellow", green: "green", black: "black",
}; // oxfmt-ignore
const SHIPS =
  /^(ship(ping)?|ship it|ship to (the )?buyer|delivery|deliver|shipping only|delivery only|i'?ll ship( it)?|i will ship( it)?|mail|ship item|by (mail|post)|post)$/;
const PICKUP =
  /^(local )?pick[ -]?up( only)?$|^collection( only)?$|^in person|^meet[ -]?up( only)?$|^no shipping|collect in person|^local only$/;
const BUYER =
  /^(the )?buyer( pays.*)?$|buyer (pays|will pay)|paid by (the )?buyer|charge (the )?buyer|buyer's expense/;
const SELLER =
  /^(the )?seller( pays.*)?$|seller (pays|will pay)|paid by (the )?seller|^free shipping|^free( for buyer)?$|^(me|i'?ll pay|i will pay|i pay)/;
/** Per profile, what a delivery list and a who-pays list must offer. */
export const SHIPPING_WORDS: Record<string, { shippingProfile: RegExp; payer: RegExp | null }> = {
  ship_buyer_pays: { shippingProfile: SHIPS, payer: BUYER },
  ship_seller_pays: { shippingProfile: SHIPS, payer: SELLER },
  pickup_only: { shippingProfile: PICKUP, payer: null },
};
