/** The canonical category tree: id -> path as a person reads it. Marketplaces map from these ids. */
export const CATEGORIES = {
  "clothing.men.tshirts": ["Clothing", "Men", "T-shirts"],
  "clothing.men.jackets": ["Clothing", "Men", "Coats & jackets"],
  "clothing.men.jeans": ["Clothing", "Men", "Jeans"],
  "clothing.men.shoes": ["Clothing", "Men", "Shoes"],
  "clothing.women.dresses": ["Clothing", "Women", "Dresses"],
  "clothing.women.tops": ["Clothing", "Women", "Tops"],
  "clothing.women.jackets": ["Clothing", "Women", "Coats & jackets"],
  "clothing.women.shoes": ["Clothing", "Women", "Shoes"],
  "clothing.bags": ["Clothing", "Bags & luggage"],
  "clothing.jewelry": ["Clothing", "Jewelry & accessories"],
  "electronics.cameras": ["Electronics", "Cameras & photo"],
  "electronics.computers.laptops": ["Electronics", "Computers", "Laptops"],
  "electronics.phones": ["Electronics", "Cell phones"],
  "electronics.audio": ["Electronics", "Audio & headphones"],
  "electronics.games": ["Electronics", "Video games & consoles"],
  "home.furniture": ["Home", "Furniture"],
  "home.kitchen": ["Home", "Kitchen & dining"],
  "home.decor": ["Home", "Decor"],
  "home.tools": ["Home", "Tools"],
  "home.garden": ["Home", "Garden"],
  "media.books": ["Media", "Books"],
  "media.vinyl": ["Media", "Records"],
  "toys.games": ["Toys", "Toys & games"],
  "toys.collectibles": ["Toys", "Collectibles"],
  "sports.outdoors": ["Sports", "Sports & outdoors"],
  "sports.bicycles": ["Sports", "Bicycles"],
  "music.instruments": ["Music", "Musical instruments"],
  "kids.clothing": ["Kids", "Clothing"],
  "kids.baby": ["Kids", "Baby"],
  beauty: ["Beauty", "Health & beauty"],
  "art.crafts": ["Art", "Arts & crafts"],
  pets: ["Pets", "Pet supplies"],
} as const satisfies Record<string, readonly string[]>;

export type CategoryId = keyof typeof CATEGORIES;
export const CATEGORY_IDS = /* @__PURE__ */ Object.keys(CATEGORIES) as [CategoryId, ...CategoryId[]];

/** "Clothing > Men > Jeans" */
export const categoryPath = (id: CategoryId): string => CATEGORIES[id].join(" > ");
