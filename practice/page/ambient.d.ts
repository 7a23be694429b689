declare module "*.css";

/** The one jQuery UI widget the pages use. */
interface JQuery {
  selectmenu(options: { width: number }): this;
  selectmenu(method: "refresh"): this;
}
