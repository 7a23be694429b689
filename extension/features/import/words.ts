import { count } from "#extension/ui/format.ts";

export const words = {
  title: "Import items",
  lead: "The product CSV from Shopify and, if they are on this computer, its pictures: they are matched by name.",
  csv: "Shopify CSV file",
  photos: "Photo files",
  dropCsv: "Drop the CSV here, or choose it",
  csvHint: "In Shopify: Products, then Export.",
  dropPhotos: "Drop the pictures here, or choose them",
  chosenPhotos: (n: number) => count(n, "photo"),
  photosHint: "JPEG, PNG, WebP or HEIC. Location data is removed.",
  reading: "Reading the file...",
  noRows:
    "This file has no products in it. Export products as CSV from Shopify's admin and choose that file.",
  willImport: (n: number) => `${count(n, "item")} can be imported`,
  photoMatch: (found: number, missing: number) =>
    `${count(found, "photo")} found${missing > 0 ? `, ${missing} named in the CSV but not among the files` : ""}`,
  stock: {
    "sold-out": (n: number) =>
      `${count(n, "item")} ${n === 1 ? "is" : "are"} sold out: brought in with quantity 0, and not posted until there is one.`,
    uncounted: (n: number) =>
      `${count(n, "item")} ${n === 1 ? "is" : "are"} sold without counted stock: ${n === 1 ? "it counts" : "each counts"} as one unless the file says more.`,
    unknown: (n: number) =>
      `${count(n, "item")} ${n === 1 ? "has" : "have"} no quantity in the file: ${n === 1 ? "it counts" : "each counts"} as one. A shop with several locations exports the quantities in another file.`,
  },
  twice: (n: number) => `Also import ${count(n, "item")} that your inventory has already`,
  onceHint: (n: number) =>
    `${n === 1 ? "It has" : "They have"} the same SKU, or the same title and options, and ${n === 1 ? "is" : "are"} left out.`,
  twiceHint: "Each of them will be there twice, and can be posted twice.",
  errors: (n: number) => `${count(n, "row")} cannot be imported`,
  errorsHint: "These rows are left out whole; nothing is imported by half.",
  warnings: (n: number) => `${count(n, "note")}`,
  row: (line: number) => `Row ${line}`,
  preview: "Preview",
  columns: { item: "Item", price: "Price", photos: "Photos" },
  more: (n: number) => `and ${n.toLocaleString()} more`,
  import: (n: number) => (n === 0 ? "Import" : `Import ${count(n, "item")}`),
  working: (done: number, of: number, title: string) => `${done} of ${of}: ${title}`,
  progress: "Import progress",
  done: (items: number, photos: number) =>
    `${count(items, "item")} imported, ${count(photos, "photo")} added`,
  notImported: (n: number) => `${count(n, "item")} not imported`,
  report: "Save error report",
  stop: "Stop after this item",
};
