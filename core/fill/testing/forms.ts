/**
 * What forms of shop back offices, classifieds and resale sites ask for, with the answer for each field. Written from
 * their public documentation and screens; answers before the finder ran.
 */
import type { FieldSpec } from "./layouts.ts";

type Form = { title: string; sections: { heading: string; fields: FieldSpec[] }[] };
const f = (
  label: string,
  truth: string,
  kind: FieldSpec["kind"] = "text",
  more: Partial<FieldSpec> = {},
): FieldSpec => ({ label, truth, kind, ...more });
const no = (label: string, kind: FieldSpec["kind"] = "text", more: Partial<FieldSpec> = {}): FieldSpec =>
  f(label, "none", kind, more);

const CONDITIONS = ["New with tags", "Like new", "Good", "Fair"];
const CATEGORIES = ["Women's clothing", "Men's jeans", "Electronics", "Furniture", "Books"];
const COLORS = ["Black", "Blue", "Green", "Red", "White"];
const SIZES = ["XS", "S", "M", "L", "XL"];

export const FORMS: Form[] = [
  {
    title: "Add a new product",
    sections: [
      {
        heading: "General",
        fields: [
          f("Product name", "title"),
          no("Permalink"),
          f("Product description", "description", "rich"),
          no("Product short description", "area"),
        ],
      },
      {
        heading: "Pricing",
        fields: [
          f("Regular price ($)", "price"),
          no("Sale price ($)"),
          no("Tax status", "select", { options: ["Taxable", "None"] }),
          no("Tax class", "select", { options: ["Standard", "Reduced"] }),
        ],
      },
      {
        heading: "Inventory",
        fields: [
          f("SKU", "sku"),
          no("GTIN, UPC, EAN, or ISBN"),
          f("Stock quantity", "quantity", "number"),
          no("Low stock threshold", "number"),
          no("Allow backorders?", "select", { options: ["Do not allow", "Allow"] }),
          no("Limit purchases to 1 item per order", "check"),
        ],
      },
      {
        heading: "Shipping",
        fields: [
          f("Weight (kg)", "weightGrams"),
          f("Length (cm)", "dimensionsMm"),
          f("Width (cm)", "dimensionsMm"),
          f("Height (cm)", "dimensionsMm"),
          no("Shipping class", "select", { options: ["No shipping class", "Bulky"] }),
        ],
      },
      {
        heading: "Advanced",
        fields: [no("Purchase note", "area"), no("Menu order", "number"), no("Enable reviews", "check")],
      },
      {
        heading: "Taxonomies",
        fields: [
          f("Product categories", "category", "select", { options: CATEGORIES }),
          f("Product tags", "tags"),
          f("Product image", "photos", "file"),
        ],
      },
    ],
  },
  {
    title: "Create product",
    sections: [
      {
        heading: "Details",
        fields: [
          f("Title", "title"),
          no("Subtitle"),
          no("Handle"),
          f("Description", "description", "area"),
          f("Media", "photos", "file"),
        ],
      },
      {
        heading: "Organize",
        fields: [
          no("Discountable", "check"),
          no("Type", "combo"),
          no("Collection", "combo"),
          f("Categories", "category", "combo"),
          f("Tags", "tags", "combo"),
        ],
      },
      {
        heading: "Attributes",
        fields: [
          f("Height", "dimensionsMm", "number"),
          f("Width", "dimensionsMm", "number"),
          f("Length", "dimensionsMm", "number"),
          f("Weight", "weightGrams", "number"),
          no("MID code"),
          no("HS code"),
          no("Country of origin", "combo"),
          f("Material", "material"),
        ],
      },
    ],
  },
  {
    title: "New product",
    sections: [
      {
        heading: "Product",
        fields: [
          f("Name", "title"),
          no("Slug"),
          f("Description", "description", "area"),
          f("Master Price", "price|none"),
          no("Compare at price"),
          f("Cost Price", "cost"),
          no("Cost Currency", "select", { options: ["USD", "EUR", "GBP"] }),
          f("SKU", "sku"),
          no("Barcode"),
          no("Available On"),
        ],
      },
      {
        heading: "Shipping",
        fields: [
          f("Weight", "weightGrams"),
          f("Height", "dimensionsMm"),
          f("Width", "dimensionsMm"),
          f("Depth", "dimensionsMm"),
          no("Shipping Category", "select", { options: ["Default", "Digital"] }),
          no("Tax Category", "select", { options: ["Default", "Clothing"] }),
        ],
      },
      { heading: "SEO", fields: [no("Meta Title"), no("Meta Keywords"), no("Meta Description", "area")] },
    ],
  },
  {
    title: "Products",
    sections: [
      {
        heading: "General",
        fields: [
          f("Product Name", "title"),
          f("Description", "description", "area"),
          no("Meta Tag Title"),
          no("Meta Tag Description", "area"),
          no("Meta Tag Keywords", "area"),
          f("Product Tags", "tags"),
        ],
      },
      {
        heading: "Data",
        fields: [
          no("Model"),
          f("SKU", "sku"),
          no("UPC"),
          no("EAN"),
          no("ISBN"),
          no("MPN"),
          f("Price", "price"),
          no("Tax Class", "select", { options: ["Taxable Goods"] }),
          f("Quantity", "quantity", "number"),
          no("Minimum Quantity", "number"),
          no("Out Of Stock Status", "select", { options: ["2-3 Days", "In Stock"] }),
          f("Requires Shipping", "shippingProfile", "check"),
          no("Date Available"),
          no("Length Class", "select", { options: ["Centimeter", "Inch"] }),
          f("Weight", "weightGrams"),
          no("Weight Class", "select", { options: ["Kilogram", "Gram", "Pound"] }),
          no("Sort Order"),
        ],
      },
      {
        heading: "Links",
        fields: [
          f("Manufacturer", "brand"),
          f("Categories", "category", "combo"),
          no("Filters"),
          no("Related Products"),
        ],
      },
    ],
  },
  {
    title: "Sell an item",
    sections: [
      { heading: "Photos", fields: [f("Add up to 16 photos", "photos", "file")] },
      {
        heading: "Details",
        fields: [
          f("What are you selling?", "title"),
          f("Describe it!", "description", "area"),
          f("Category", "category", "menu"),
          f("Quantity", "quantity", "select", { options: ["Single item", "Multiple items"] }),
          f("Size", "size", "menu"),
          f("Condition", "condition", "radio", { options: CONDITIONS }),
          f("Brand", "brand"),
          f("Color (up to 2)", "colors", "select", { options: COLORS }),
          f("Style tags", "tags|none"),
        ],
      },
      {
        heading: "Pricing",
        fields: [no("Original price"), f("Listing price", "price"), no("Earnings (minus fee)")],
      },
      {
        heading: "Additional details (private)",
        fields: [f("SKU", "sku"), f("Cost price", "cost"), f("Other info / private note", "notes|none")],
      },
    ],
  },
  {
    title: "Complete your listing",
    sections: [
      {
        heading: "Title",
        fields: [
          f("Item title", "title"),
          no("Subtitle"),
          f("Custom label (SKU)", "sku"),
          f("Item category", "category", "menu"),
          no("Second category", "menu"),
        ],
      },
      {
        heading: "Item specifics",
        fields: [
          f("Brand", "brand", "combo"),
          f("Size", "size", "combo"),
          no("Size Type", "select", { options: ["Regular", "Plus", "Petites"] }),
          no("Style", "combo"),
          f("Color", "colors", "combo"),
          f("Material", "material", "combo"),
          no("Pattern", "combo"),
          no("Inseam"),
          no("Closure", "combo"),
          no("Model", "combo"),
          no("Character", "combo"),
          no("Season", "combo"),
          no("Theme", "combo"),
        ],
      },
      {
        heading: "Condition",
        fields: [
          f("Item condition", "condition", "select", {
            options: [
              "New with tags",
              "New without tags",
              "Pre-owned - Excellent",
              "Pre-owned - Good",
              "Pre-owned - Fair",
            ],
          }),
          no("Condition description", "area"),
        ],
      },
      { heading: "Description", fields: [f("Description", "description", "rich")] },
      {
        heading: "Pricing",
        fields: [
          no("Format", "select", { options: ["Auction", "Buy It Now"] }),
          f("Item price", "price"),
          f("Quantity", "quantity", "number"),
          no("Minimum offer"),
          no("Auto-accept"),
        ],
      },
      {
        heading: "Shipping",
        fields: [
          f("Package weight (lb)", "weightPounds|weightGrams"),
          f("Package weight (oz)", "weightOunces|weightGrams"),
          f("Package length", "dimensionsMm", "text", { unit: "in" }),
          f("Package width", "dimensionsMm", "text", { unit: "in" }),
          f("Package height", "dimensionsMm", "text", { unit: "in" }),
          no("Irregular package", "check"),
          f("Item location", "location"),
          no("Handling time", "select", { options: ["1 business day", "2 business days"] }),
        ],
      },
    ],
  },
  {
    title: "Post a free ad",
    sections: [
      {
        heading: "Ad details",
        fields: [
          f("Ad title", "title"),
          f("Category", "category", "select", { options: CATEGORIES }),
          f("Ad description", "description", "area"),
          f("Price", "price"),
          no("Price type", "select", { options: ["Fixed", "Negotiable", "Free"] }),
          no("Currency", "select", { options: ["USD", "EUR"] }),
          no("Ad type", "radio", { options: ["I'm offering", "I'm looking for"] }),
        ],
      },
      {
        heading: "Location",
        fields: [
          no("Country", "select", { options: ["United States", "Canada", "Mexico"] }),
          no("Region", "select", { options: ["California", "Texas"] }),
          f("City", "city"),
          f("Zip code", "postalCode"),
          no("Address"),
          no("City area"),
        ],
      },
      {
        heading: "Seller",
        fields: [
          no("Name"),
          no("E-mail", "email"),
          no("Phone"),
          no("Show phone on ad", "check"),
          no("Website"),
        ],
      },
    ],
  },
  {
    title: "Create item",
    sections: [
      {
        heading: "Item",
        fields: [
          f("Item Name", "title"),
          f("Item Description", "description", "area"),
          f("Item Quantity", "quantity", "number"),
          f("Labels", "tags|none"),
          no("Parent item", "combo"),
          no("Insured", "check"),
          no("Archived", "check"),
          no("Asset ID"),
        ],
      },
      {
        heading: "Product",
        fields: [
          no("Serial number"),
          no("Model number"),
          f("Manufacturer", "brand"),
          f("Notes", "notes|none", "area"),
        ],
      },
      {
        heading: "Purchase",
        fields: [no("Purchased from"), f("Purchase price", "cost"), no("Purchase date")],
      },
      {
        heading: "Warranty",
        fields: [no("Lifetime warranty", "check"), no("Warranty expires"), no("Warranty notes", "area")],
      },
      { heading: "Sold", fields: [no("Sold to"), no("Sold price"), no("Sold at")] },
    ],
  },
  {
    title: "List your piece",
    sections: [
      {
        heading: "The piece",
        fields: [
          f("Name of the piece", "title"),
          f("Designer", "brand", "combo"),
          f("Department", "category", "select", { options: ["Menswear", "Womenswear", "Kids"] }),
          f("Tell its story", "description|none", "area"),
          f("How worn is it?", "condition", "radio", {
            options: ["New with tags", "Gently used", "Used", "Very worn"],
          }),
          f("Fits size", "size", "select", { options: SIZES }),
          f("Main colour", "colors", "select", { options: COLORS }),
          f("Made of", "material"),
          f("Hashtags", "tags"),
        ],
      },
      {
        heading: "Money",
        fields: [
          f("Asking price", "price"),
          no("Lowest price you accept"),
          f("What did you pay for it?", "cost|none"),
        ],
      },
      {
        heading: "Handover",
        fields: [
          f("How do buyers get it?", "shippingProfile", "radio", { options: ["Shipping", "Local pickup"] }),
          f("Who pays for postage?", "shippingProfile", "radio", { options: ["Buyer pays", "Seller pays"] }),
          f("Postcode", "postalCode"),
          f("Parcel weight", "weightGrams", "text", { unit: "g" }),
          no("Parcel size", "radio", { options: ["Small", "Medium", "Large"] }),
        ],
      },
      {
        heading: "Extras",
        fields: [
          no("Accept offers", "check"),
          no("Promote this listing", "check"),
          no("Discount code"),
          no("Message to your followers", "area"),
        ],
      },
    ],
  },
  {
    title: "Inventory record",
    sections: [
      {
        heading: "Identity",
        fields: [
          f("Headline", "title"),
          f("Stock number", "sku"),
          no("Serial / IMEI"),
          f("Maker", "brand"),
          no("Year made"),
          no("Edition"),
          f("State of the item", "condition", "select", { options: CONDITIONS }),
          f("Units available", "quantity", "number"),
        ],
      },
      {
        heading: "Text",
        fields: [
          f("Details", "description", "area"),
          no("Care instructions", "area"),
          no("Shipping note", "area"),
          f("Internal note", "notes", "area"),
        ],
      },
      {
        heading: "Amounts",
        fields: [
          f("Selling price", "price"),
          no("Retail price"),
          f("Cost per item", "cost"),
          no("Shipping fee"),
          no("Deposit"),
          no("Insurance value"),
        ],
      },
      {
        heading: "Where",
        fields: [
          f("Where is it located?", "location"),
          no("Shelf"),
          no("Warehouse", "select", { options: ["Main", "Overflow"] }),
        ],
      },
      {
        heading: "Account",
        fields: [
          no("Display name"),
          no("Password", "password"),
          no("Two-factor code"),
          no("Your bio", "area"),
        ],
      },
    ],
  },
];
