/** A control as a person counts them: one radio group is one control, and so is a react-select with its inner input. */
export type ControlKind =
  | "text" | "number" | "richText" | "select" | "combobox" | "listbox" | "radio" | "checkboxes" | "switch" | "photos"
  | "date" | "slider" | "opener"; // oxfmt-ignore

export type Control = {
  kind: ControlKind;
  /** The element that is operated; for groups, the first member. */
  element: HTMLElement;
  /** All radios or checkboxes of a group; else just the element. */
  members: HTMLElement[];
};
