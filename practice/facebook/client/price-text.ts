/** Keeps what can be an amount of what was typed: "$1,200.5x" is "1200.5". */
export function cleanPrice(text: string): string {
  const [whole = "", ...rest] = text.replace(/[^\d.]/g, "").split(".");
  const units = whole.replace(/^0+(?=\d)/, "");
  return rest.length ? `${units || "0"}.${rest.join("").slice(0, 2)}` : units;
}

/** As the field shows it: "$1,200.50". */
export function shownPrice(amount: string): string {
  if (!amount) return "";
  const [whole = "", cents] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return cents === undefined ? `$${grouped}` : `$${grouped}.${cents}`;
}
