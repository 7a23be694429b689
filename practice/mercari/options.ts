/** What Mercari's sell form offers, in the words it prints. The server checks with it and the page draws it. */

type Leaves = readonly string[];
type Tree = Readonly<Record<string, Readonly<Record<string, Leaves>>>>;

const clothing = {
  men: {
    Tops: [
      "T-shirts",
      "Button-front",
      "Polo, rugby",
      "Hoodies",
      "Sweatshirts, pullover",
      "Tank tops",
      "Other",
    ],
    Sweaters: ["Cardigan", "Crewneck", "V-neck", "Turtleneck", "Other"],
    "Coats & jackets": [
      "Denim",
      "Leather",
      "Parka",
      "Puffer",
      "Raincoat",
      "Trench coat",
      "Windbreaker",
      "Other",
    ],
    Jeans: ["Bootcut", "Relaxed", "Skinny", "Slim", "Straight leg", "Other"],
    Pants: ["Cargo", "Casual pants", "Corduroy", "Dress pants", "Joggers", "Other"],
    Shorts: ["Athletic", "Cargo", "Chino", "Denim", "Other"],
    Shoes: ["Athletic", "Boots", "Fashion sneakers", "Loafers & slip-ons", "Sandals", "Other"],
    "Men's accessories": ["Backpacks, bags & briefcases", "Belts", "Hats", "Watches", "Other"],
  },
  women: {
    "Tops & blouses": ["Blouse", "Button down shirt", "T-shirts", "Tank, cami", "Tunic", "Other"],
    Sweaters: ["Cardigan", "Crewneck", "V-neck", "Turtleneck", "Other"],
    "Coats & jackets": ["Denim", "Leather", "Parka", "Puffer", "Raincoat", "Trench coat", "Other"],
    Jeans: ["Bootcut", "Skinny", "Straight leg", "Wide leg", "Other"],
    Dresses: ["Above knee, mini", "Knee-length", "Full-length", "Midi", "Other"],
    Skirts: ["A-line", "Maxi", "Mini", "Pencil", "Other"],
    Shoes: ["Athletic", "Boots", "Fashion sneakers", "Flats", "Pumps", "Sandals", "Other"],
    "Women's handbags": ["Backpack style", "Crossbody bag", "Shoulder bag", "Totes & shoppers", "Other"],
    Jewelry: ["Bracelets", "Earrings", "Necklaces", "Rings", "Other"],
  },
} as const;

/** Three levels: root > group > leaf. "Other" is printed "All Other" where the real site prints it so, at level 3. */
export const categoryTree: Tree = {
  Women: clothing.women,
  Men: clothing.men,
  Kids: {
    "Boys (4+)": ["Bottoms", "Coats & jackets", "Shoes", "Tops & t-shirts", "All Other"],
    "Girls (4+)": ["Bottoms", "Coats & jackets", "Dresses", "Shoes", "Tops & t-shirts", "All Other"],
    Toys: [
      "Arts & crafts",
      "Building toys",
      "Dolls & accessories",
      "Puzzles",
      "Stuffed animals",
      "All Other",
    ],
  },
  Home: {
    Furniture: ["Chairs", "Desks", "Nightstands", "Shelving", "Tables", "All Other"],
    "Home decor": ["Candles", "Clocks", "Lamps", "Mirrors", "Rugs", "Vases", "All Other"],
    "Kitchen & dining": [
      "Bakeware",
      "Coffee & tea accessories",
      "Cookware",
      "Dinnerware",
      "Small appliances",
      "All Other",
    ],
    Bedding: ["Blankets & throws", "Comforters", "Sheets", "All Other"],
  },
  "Vintage & collectibles": {
    Electronics: ["Calculator", "Camera", "Cassette player", "Radio", "All Other"],
    Housewares: ["Ceramic & pottery", "Glassware", "Kitchenware", "All Other"],
    Furniture: ["Bedroom", "Dining", "Living room", "All Other"],
    Antique: ["Books", "Collectibles", "Furniture", "All Other"],
  },
  Handmade: {
    Accessories: ["Hats", "Scarves", "All Other"],
    Jewelry: ["Bracelets", "Earrings", "Necklaces", "All Other"],
    "Home decor": ["Pillows", "Wall decor", "All Other"],
  },
  Beauty: {
    Makeup: ["Eyes", "Face", "Lips", "All Other"],
    "Skin care": ["Body", "Face", "Sun", "All Other"],
    Fragrance: ["Men", "Women", "All Other"],
  },
  Electronics: {
    "Cameras & photography": [
      "Camcorders",
      "Camera lenses",
      "Digital cameras",
      "Film photography",
      "Tripods",
      "All Other",
    ],
    "Cell phones & accessories": [
      "Cases, covers & skins",
      "Cell phones & smartphones",
      "Chargers & cradles",
      "All Other",
    ],
    "Computers & laptops": [
      "Components & parts",
      "Desktops & all-in-ones",
      "Keyboards, mice & pointers",
      "Laptops",
      "Monitors",
      "All Other",
    ],
    "TV, audio & surveillance": [
      "Headphones",
      "Home audio",
      "Portable audio & accessories",
      "Speakers",
      "All Other",
    ],
    "Video games & consoles": ["Accessories", "Consoles", "Games", "All Other"],
  },
  "Toys & Collectibles": {
    "Action figures & accessories": ["Accessories", "Action figures", "All Other"],
    "Building toys": ["Blocks", "Complete sets & packs", "Minifigures", "All Other"],
    Games: ["Board & traditional games", "Card games", "Puzzles", "All Other"],
    "Trading cards": ["Pokémon cards", "Sports trading cards", "All Other"],
  },
  "Sports & outdoors": {
    "Exercise equipment": ["Dumbbells", "Mats", "Resistance bands", "All Other"],
    Outdoors: ["Camping & hiking", "Cycling", "Fishing", "Water sports", "All Other"],
    "Team sports": ["Baseball & softball", "Basketball", "Soccer", "All Other"],
  },
  Books: {
    "Fiction books": ["Classics", "Literature & fiction", "Science fiction & fantasy", "All Other"],
    "Nonfiction books": ["Art & photography", "Biographies & memoirs", "Cookbooks", "History", "All Other"],
    "Children's books": ["Picture books", "Young adult", "All Other"],
  },
  "Pet supplies": {
    Dogs: ["Beds", "Collars & leashes", "Toys", "All Other"],
    Cats: ["Beds", "Scratchers", "Toys", "All Other"],
  },
  Other: {
    "Musical instruments": ["Guitars", "Keyboards", "Percussion", "All Other"],
    "Office supplies": ["Desk accessories", "Paper", "Writing instruments", "All Other"],
    "Art supplies": ["Brushes", "Paint", "Paper", "All Other"],
    Everything: ["All Other"],
  },
};

export const allPaths: readonly string[] = Object.entries(categoryTree).flatMap(([root, groups]) =>
  Object.entries(groups).flatMap(([group, leaves]) => leaves.map((leaf) => `${root} > ${group} > ${leaf}`)),
);

const letters = [
  "XS (30-32)",
  "S (34-36)",
  "M (38-40)",
  "L (42-44)",
  "XL (46-48)",
  "XXL (50-52)",
  "3XL (54-56)",
  "4XL (58-60)",
  "5XL (62-64)",
  "One Size",
];
const waists = Array.from({ length: 22 }, (_, i) => `${i + 23} in.`);
const shoes = ["6", "6.5", "7", "7.5", "8", "8.5", "9", "9.5", "10", "10.5", "11", "11.5", "12", "13", "14"];

/** Size options of a category path; the scale depends on the category, and most categories have none. */
export function sizesFor(path: string): readonly string[] {
  const [root, group = ""] = path.split(" > ");
  if (root !== "Men" && root !== "Women") return [];
  if (/shoes/i.test(group)) return shoes;
  if (/jeans|pants|shorts/i.test(group)) return waists;
  if (/accessories|handbags|jewelry/i.test(group)) return [];
  return letters;
}

/** Colours are asked outside apparel only (and are optional there). */
export const colors = [
  "Black",
  "Gray",
  "White",
  "Beige",
  "Red",
  "Pink",
  "Orange",
  "Yellow",
  "Green",
  "Blue",
  "Purple",
  "Brown",
  "Gold",
  "Silver",
  "Multicolor",
] as const;

export const brands = [
  "Adidas",
  "Apple",
  "Anthropologie",
  "Asics",
  "Bose",
  "Canon",
  "Carhartt",
  "Champion",
  "Columbia",
  "Converse",
  "Dr. Martens",
  "Eames",
  "Fujifilm",
  "Gap",
  "Herman Miller",
  "IKEA",
  "J.Crew",
  "Kodak",
  "Lego",
  "Leica",
  "Levi's",
  "Levi Strauss & Co",
  "Lululemon",
  "Minolta",
  "New Balance",
  "Nike",
  "Nike SB",
  "Nikon",
  "Nintendo",
  "Olympus",
  "Patagonia",
  "Pendleton",
  "Pentax",
  "Polaroid",
  "Ralph Lauren",
  "Ray-Ban",
  "Reebok",
  "Sony",
  "The North Face",
  "Timberland",
  "Vans",
  "West Elm",
  "Yamaha",
  "Zara",
] as const;

/** Value order is the radio ids 1..5. */
export const conditions = [
  { id: "1", label: "New", testId: "ConditionNew", help: "Unused, with or without tags" },
  { id: "2", label: "Like new", testId: "ConditionLikeNew", help: "Mint condition, pre-owned or unused" },
  { id: "3", label: "Good", testId: "ConditionGood", help: "Gently used, minor flaws" },
  { id: "4", label: "Fair", testId: "ConditionFair", help: "Used, functional, multiple flaws" },
  { id: "5", label: "Poor", testId: "ConditionPoor", help: "Major flaws, may be damaged" },
] as const;

export const limits = {
  title: 80,
  description: 1000,
  descriptionMinWords: 5,
  photos: 12,
  photoBytes: 10 * 1024 * 1024,
  priceMin: 1,
  priceMax: 2000,
} as const;

export interface Carrier {
  readonly id: string;
  readonly name: string;
  readonly cents: number;
}

/** Prepaid labels for a parcel, cheapest first. `null` sides mean "fits in a shoebox". */
export function carriersFor(ounces: number, sides: readonly number[] | null): readonly Carrier[] {
  const big = sides !== null && sides.some((side) => side > 14);
  const all = [
    { id: "usps", name: "USPS Ground Advantage", most: 70 * 16, base: 425, perPound: 130 },
    { id: "ups", name: "UPS Ground Saver", most: 50 * 16, base: 525, perPound: 110 },
    { id: "fedex", name: "FedEx Ground Economy", most: 150 * 16, base: 650, perPound: 95 },
  ];
  return all
    .filter((carrier) => ounces > 0 && ounces <= carrier.most)
    .map(({ id, name, base, perPound }) => ({
      id,
      name,
      cents: base + Math.ceil(ounces / 16) * perPound + (big ? 600 : 0),
    }))
    .sort((a, b) => a.cents - b.cents);
}

/** Where a ZIP code is; any other five digits are shown as they are. */
export const places: Readonly<Record<string, string>> = {
  "94103": "San Francisco, CA",
  "94110": "San Francisco, CA",
  "94114": "San Francisco, CA",
  "10001": "New York, NY",
  "97201": "Portland, OR",
  "98101": "Seattle, WA",
};

/** The floor must be more than this for a price: the sentence names it. */
export const leastFloorCents = (priceCents: number): number => Math.max(100, Math.round(priceCents * 0.3));

export const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
