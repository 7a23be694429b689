/** How sites word what an item says: condition, colours, shipping, categories. Data, best match first. */
export const CONDITION_WORDS: Record<string, string> = {
  new_with_tags: "new with tags|new with tags (nwt)|nwt|brand new with tags|new with box|new with tags/box|new with tags or box|new - with tags|brand new|new|new/never worn|new (never used)|never worn|new in box",
  new: "new without tags|new without tags (nwot)|nwot|new|brand new|new/never worn|new (never used)|new - without tags|new without box|unused|never used|new other|open box",
  like_new: "like new|used - like new|used like new|as new|used - excellent|pre-owned - excellent|excellent|very good|mint|near mint|gently used|lightly used|open box|excellent used condition|excellent condition",
  good: "good|used - good|used good|pre-owned - good|good condition|good used condition|used - very good|used|used (normal wear)|pre-owned|gently used|very good",
  fair: "fair|used - fair|used fair|pre-owned - fair|acceptable|used - acceptable|satisfactory|well worn|fair condition|worn|used|very worn|heavily used|well loved",
  poor: "poor|used - poor|for parts|for parts or not working|for parts/repair|for parts or repair|salvage|poor condition|heavily worn|needs repair|damaged|very worn",
};
/** Listed wider words that must not stand for a better or worse state when the site also has a finer one. */
export const COLOR_WORDS: Record<string, string> = {
  gray: "gray|grey|silver grey|charcoal", multicolor: "multicolor|multi-color|multicolour|multi|multi-colour|multiple|multicolored|multicoloured",
  clear: "clear|transparent", beige: "beige|tan|cream|sand", gold: "gold|golden", silver: "silver", blue: "blue|navy", purple: "purple|violet", brown: "brown", white: "white|off white|off-white", red: "red", pink: "pink", orange: "orange", yellow: "yellow", green: "green", black: "black",
}; // prettier-ignore
export const SHIPPING_WORDS: Record<string, RegExp[]> = {
  ship_buyer_pays: [/buyer (pays|pay|paid)|paid by (the )?buyer|^(the )?buyer\b|charge (the )?buyer|calculated/, /^(ship(ping)?|ship it|ship to (the )?buyer|delivery|deliver|shipping only|i'?ll ship( it)?|mail|ship item)$/],
  ship_seller_pays: [/seller (pays|pay|paid)|paid by (the )?seller|^(the )?seller\b|free shipping|^free$|i'?ll pay|i pay|i will pay|free (delivery|postage)/, /^(ship(ping)?|ship it|ship to (the )?buyer|delivery|deliver|shipping only|i'?ll ship( it)?|mail|ship item)$/],
  pickup_only: [/^(local )?pick ?up( only)?$|^(local )?pick-up( only)?$|collection( only)?$|in person|meet ?up|no shipping|collect in person/],
};
