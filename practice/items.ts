/** Four things a seller would have, as each form wants them: the fixtures of the hand-written scripts and the bench. */

export interface FacebookItem {
  readonly title: string;
  readonly price: string;
  readonly category: string;
  readonly condition: string;
  readonly description: string;
  readonly brand?: string;
  readonly color?: string;
  readonly material?: string;
  readonly sku?: string;
  readonly tags: readonly string[];
  /** What is typed, and the option picked. */
  readonly location: { readonly query: string; readonly name: string };
  readonly meetups: readonly string[];
  readonly hideFromFriends: boolean;
  /** A weight class, or null for local pickup only. */
  readonly weight: string | null;
  /** Null switches offers off. */
  readonly minimumPrice: string | null;
}

export interface MercariItem {
  readonly title: string;
  readonly description: string;
  readonly category: readonly [string, string, string];
  /** Null is "No brand / Not sure". */
  readonly brand: string | null;
  readonly condition: string;
  readonly size?: string;
  readonly color?: string;
  readonly zip: string;
  readonly freeShipping: boolean;
  readonly weight: { readonly pounds: number; readonly ounces: number };
  /** Null fits in a shoebox; else length, width, height in inches. */
  readonly sides: readonly [number, number, number] | null;
  readonly carrier: string;
  readonly price: string;
  /** Null switches Smart Pricing off. */
  readonly floor: string | null;
}

export interface CraigslistItem {
  readonly subarea: string;
  readonly hood: string;
  readonly category: string;
  readonly title: string;
  readonly price: string;
  readonly place: string;
  readonly postal: string;
  readonly body: string;
  readonly condition: string;
  readonly make: string;
  readonly model: string;
  readonly size: string;
  readonly language: string;
  readonly delivery: boolean;
  readonly phone: boolean;
}

export interface PracticeItem {
  readonly key: string;
  readonly facebook: FacebookItem;
  readonly mercari: MercariItem;
  readonly craigslist: CraigslistItem;
}

interface Basics {
  readonly key: string;
  readonly title: string;
  readonly description: string;
}

const sanFrancisco = { query: "San Fr", name: "San Francisco, California" };
const city = {
  subarea: "city of san francisco",
  hood: "mission district",
  place: "Mission District",
  postal: "94110",
  language: "english",
};

function item(
  { key, title, description }: Basics,
  facebook: Omit<FacebookItem, "title" | "description" | "location">,
  mercari: Omit<MercariItem, "title" | "description" | "zip">,
  craigslist: Omit<CraigslistItem, "title" | "body" | keyof typeof city>,
): PracticeItem {
  return {
    key,
    facebook: { title, description, location: sanFrancisco, ...facebook },
    mercari: { title, description, zip: "94110", ...mercari },
    craigslist: { title, body: description, ...city, ...craigslist },
  };
}

export const jacket = item(
  {
    key: "jacket",
    title: "Patagonia Synchilla fleece jacket, men's M",
    description:
      "Warm fleece jacket in forest green.\nWorn two winters, no holes, zip works.\nSmoke-free home.",
  },
  {
    price: "64",
    category: "Men's clothing & shoes",
    condition: "Used - Good",
    brand: "Patagonia",
    color: "Green",
    material: "Polyester fleece",
    sku: "HK-JKT-1",
    tags: ["fleece", "outdoor"],
    meetups: ["Public meetup"],
    hideFromFriends: true,
    weight: "1-2 lbs",
    minimumPrice: "48",
  },
  {
    category: ["Men", "Coats & jackets", "Windbreaker"],
    brand: "Patagonia",
    condition: "Good",
    size: "M (38-40)",
    freeShipping: false,
    weight: { pounds: 1, ounces: 6 },
    sides: null,
    carrier: "USPS Ground Advantage",
    price: "64.00",
    floor: "45.00",
  },
  {
    category: "clothing & accessories - by owner",
    price: "64",
    condition: "good",
    make: "Patagonia",
    model: "Synchilla",
    size: "M",
    delivery: true,
    phone: false,
  },
);

export const camera = item(
  {
    key: "camera",
    title: "Olympus OM-1 35mm film camera with 50mm f/1.8",
    description:
      "Fully working film camera, meter accurate, new light seals.\nComes with strap and lens cap.",
  },
  {
    price: "189.50",
    category: "Electronics & computers",
    condition: "Used - Like New",
    brand: "Olympus",
    color: "Black",
    material: "",
    sku: "HK-CAM-2",
    tags: ["film", "35mm"],
    meetups: [],
    hideFromFriends: false,
    weight: "2-5 lbs",
    minimumPrice: null,
  },
  {
    category: ["Electronics", "Cameras & photography", "Film photography"],
    brand: "Olympus",
    condition: "Like new",
    color: "Black",
    freeShipping: true,
    weight: { pounds: 3, ounces: 0 },
    sides: [12, 9, 8],
    carrier: "UPS Ground Saver",
    price: "189.50",
    floor: null,
  },
  {
    category: "photo+video - by owner",
    price: "190",
    condition: "excellent",
    make: "Olympus",
    model: "OM-1",
    size: "",
    delivery: true,
    phone: false,
  },
);

export const sneakers = item(
  {
    key: "sneakers",
    title: "Nike Air Max 90 sneakers white/grey US 10",
    description:
      "Worn a handful of times. Light creasing on the toe box, soles almost new. Original box included.",
  },
  {
    price: "85",
    category: "Men's clothing & shoes",
    condition: "Used - Good",
    brand: "Nike",
    color: "White",
    material: "Leather",
    sku: "",
    tags: [],
    meetups: ["Public meetup", "Door pickup"],
    hideFromFriends: false,
    weight: "2-5 lbs",
    minimumPrice: "70",
  },
  {
    category: ["Men", "Shoes", "Fashion sneakers"],
    brand: "Nike",
    condition: "Good",
    size: "10",
    freeShipping: true,
    weight: { pounds: 2, ounces: 8 },
    sides: null,
    carrier: "FedEx Ground Economy",
    price: "85.00",
    floor: "60.00",
  },
  {
    category: "clothing & accessories - by owner",
    price: "85",
    condition: "like new",
    make: "Nike",
    model: "Air Max 90",
    size: "US 10",
    delivery: true,
    phone: false,
  },
);

export const chair = item(
  {
    key: "chair",
    title: "Mid-century walnut lounge chair",
    description:
      "Solid walnut frame with wool cushions, c. 1962. A few scratches on the left arm. Heavy: bring a friend & a van.",
  },
  {
    price: "340",
    category: "Furniture",
    condition: "Used - Fair",
    brand: "",
    color: "Brown",
    material: "Walnut",
    sku: "HK-CHR-4",
    tags: ["midcentury", "walnut"],
    meetups: ["Door pickup"],
    hideFromFriends: false,
    weight: null,
    minimumPrice: null,
  },
  {
    category: ["Home", "Furniture", "Chairs"],
    brand: null,
    condition: "Fair",
    color: "Brown",
    freeShipping: false,
    weight: { pounds: 38, ounces: 0 },
    sides: [32, 30, 30],
    carrier: "FedEx Ground Economy",
    price: "340.00",
    floor: "250.00",
  },
  {
    category: "furniture - by owner",
    price: "340",
    condition: "fair",
    make: "",
    model: "",
    size: "30 x 32 x 30 in",
    delivery: false,
    phone: false,
  },
);

export const items: readonly PracticeItem[] = [jacket, camera, sneakers, chair];
