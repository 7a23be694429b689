/**
 * Canonical category -> Mercari's three levels, in the words its dialog prints. The last level is the general one where
 * ours says no more: a finer leaf would be a guess about the item.
 */
import type { CategoryId } from "#core/item/categories.ts";

export type MercariPath = readonly [root: string, group: string, leaf: string];

export const CATEGORIES: Record<CategoryId, MercariPath> = {
  "clothing.men.tshirts": ["Men", "Tops", "T-shirts"],
  "clothing.men.jackets": ["Men", "Coats & jackets", "Other"],
  "clothing.men.jeans": ["Men", "Jeans", "Other"],
  "clothing.men.shoes": ["Men", "Shoes", "Other"],
  "clothing.women.dresses": ["Women", "Dresses", "Other"],
  "clothing.women.tops": ["Women", "Tops & blouses", "Other"],
  "clothing.women.jackets": ["Women", "Coats & jackets", "Other"],
  "clothing.women.shoes": ["Women", "Shoes", "Other"],
  "clothing.bags": ["Women", "Women's handbags", "Other"],
  "clothing.jewelry": ["Women", "Jewelry", "Other"],
  "electronics.cameras": ["Electronics", "Cameras & photography", "All Other"],
  "electronics.computers.laptops": ["Electronics", "Computers & laptops", "Laptops"],
  "electronics.phones": ["Electronics", "Cell phones & accessories", "Cell phones & smartphones"],
  "electronics.audio": ["Electronics", "TV, audio & surveillance", "All Other"],
  "electronics.games": ["Electronics", "Video games & consoles", "All Other"],
  "home.furniture": ["Home", "Furniture", "All Other"],
  "home.kitchen": ["Home", "Kitchen & dining", "All Other"],
  "home.decor": ["Home", "Home decor", "All Other"],
  "home.tools": ["Other", "Everything", "All Other"],
  "home.garden": ["Other", "Everything", "All Other"],
  "media.books": ["Books", "Nonfiction books", "All Other"],
  "media.vinyl": ["Other", "Everything", "All Other"],
  "toys.games": ["Toys & Collectibles", "Games", "All Other"],
  "toys.collectibles": ["Toys & Collectibles", "Action figures & accessories", "All Other"],
  "sports.outdoors": ["Sports & outdoors", "Outdoors", "All Other"],
  "sports.bicycles": ["Sports & outdoors", "Outdoors", "Cycling"],
  "music.instruments": ["Other", "Musical instruments", "All Other"],
  "kids.clothing": ["Kids", "Girls (4+)", "All Other"],
  "kids.baby": ["Kids", "Toys", "All Other"],
  beauty: ["Beauty", "Makeup", "All Other"],
  "art.crafts": ["Other", "Art supplies", "All Other"],
  pets: ["Pet supplies", "Dogs", "All Other"],
};

/** Where Mercari has no such general category: the nearest one, and the seller is told. */
export const NEAREST: ReadonlySet<CategoryId> = new Set<CategoryId>([
  "clothing.bags", "clothing.jewelry", "home.tools", "home.garden", "media.books", "media.vinyl",
  "kids.clothing", "kids.baby", "beauty", "pets",
]); // oxfmt-ignore
