/** What Facebook's create-item form offers, in the words it prints. The server checks with it and the page draws it. */

export const categories = [
  "Tools",
  "Furniture",
  "Household",
  "Garden",
  "Appliances",
  "Video Games",
  "Books, Movies & Music",
  "Bags & Luggage",
  "Women's clothing & shoes",
  "Men's clothing & shoes",
  "Jewelry & Accessories",
  "Health & beauty",
  "Pet supplies",
  "Baby & kids",
  "Toys & Games",
  "Electronics & computers",
  "Mobile phones",
  "Bicycles",
  "Arts & Crafts",
  "Sports & Outdoors",
  "Auto parts",
  "Musical Instruments",
  "Antiques & Collectibles",
  "Office supplies",
  "Garage Sale",
  "Miscellaneous",
] as const;

/** Categories that cannot be posted by mail: their row has no "Shipping available" line. */
export const localOnlyCategories: readonly string[] = ["Garage Sale", "Auto parts", "Appliances"];

/** Categories whose form also asks for a brand. */
export const brandCategories: readonly string[] = [
  "Bags & Luggage",
  "Women's clothing & shoes",
  "Men's clothing & shoes",
  "Electronics & computers",
  "Mobile phones",
  "Bicycles",
  "Sports & Outdoors",
  "Furniture",
];

export const conditions = ["New", "Used - Like New", "Used - Good", "Used - Fair"] as const;

export const colors = [
  "Beige",
  "Black",
  "Blue",
  "Brown",
  "Clear",
  "Gold",
  "Gray",
  "Green",
  "Multi-Color",
  "Orange",
  "Pink",
  "Purple",
  "Red",
  "Silver",
  "White",
  "Yellow",
] as const;

export const availabilities = ["List as single item", "List as in stock"] as const;

export const meetups = ["Public meetup", "Door pickup", "Door dropoff"] as const;

/** Package weight classes with the price of the prepaid label, in cents. */
export const weightClasses = [
  { label: "Under 0.5 lbs", labelCents: 499 },
  { label: "0.5-1 lbs", labelCents: 699 },
  { label: "1-2 lbs", labelCents: 899 },
  { label: "2-5 lbs", labelCents: 1199 },
  { label: "5-10 lbs", labelCents: 1599 },
  { label: "10-70 lbs", labelCents: 2999 },
] as const;

export const locations = [
  "San Francisco, California",
  "San Jose, California",
  "San Diego, California",
  "Oakland, California",
  "Berkeley, California",
  "Los Angeles, California",
  "Sacramento, California",
  "Portland, Oregon",
  "Portland, Maine",
  "Seattle, Washington",
  "Austin, Texas",
  "Denver, Colorado",
  "Chicago, Illinois",
  "Brooklyn, New York",
  "New York, New York",
  "Springfield, Illinois",
  "Springfield, Massachusetts",
] as const;

/** US postal codes the location search understands. */
export const locationsByPostalCode: Readonly<Record<string, string>> = {
  "94103": "San Francisco, California",
  "94105": "San Francisco, California",
  "94107": "San Francisco, California",
  "94110": "San Francisco, California",
  "94114": "San Francisco, California",
  "94607": "Oakland, California",
  "94704": "Berkeley, California",
  "97201": "Portland, Oregon",
  "98101": "Seattle, Washington",
  "78701": "Austin, Texas",
  "60601": "Chicago, Illinois",
  "11201": "Brooklyn, New York",
  "10001": "New York, New York",
};

export const groups = ["Mission District Buy & Sell", "Bay Area Vintage", "SF Cameras and Lenses"] as const;

export const limits = { title: 100, description: 5000, photos: 10, tags: 20, priceMax: 1_000_000 } as const;

/** The chips shown once title and description are there; a rough guess from words, as the real one is. */
export function suggestCategories(text: string): string[] {
  const rules: [RegExp, string][] = [
    [/jacket|jeans|shirt|hoodie|coat|sweater|denim/i, "Men's clothing & shoes"],
    [/dress|skirt|blouse|heels|jacket/i, "Women's clothing & shoes"],
    [/sneaker|shoe|boots|running/i, "Men's clothing & shoes"],
    [/camera|lens|laptop|headphone|monitor|film/i, "Electronics & computers"],
    [/phone|iphone|pixel/i, "Mobile phones"],
    [/chair|table|sofa|lamp|desk|walnut|oak/i, "Furniture"],
    [/bag|backpack|suitcase/i, "Bags & Luggage"],
    [/guitar|piano|drum|synth/i, "Musical Instruments"],
    [/bike|bicycle/i, "Bicycles"],
    [/vintage|antique/i, "Antiques & Collectibles"],
    [/book|vinyl|record|dvd/i, "Books, Movies & Music"],
    [/puzzle|lego|toy|game/i, "Toys & Games"],
  ];
  const found = new Set(rules.filter(([pattern]) => pattern.test(text)).map(([, category]) => category));
  found.add("Miscellaneous");
  return [...found].slice(0, 3);
}
