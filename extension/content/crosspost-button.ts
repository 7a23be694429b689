/**
 * A small button beside the site's own actions. It lives in a closed shadow root, so the page can neither read nor press into
 * it unnoticed, and counts only trusted presses. It opens our side panel, with a draft of the item where it is new to us;
 * consent and publish are in our own pages.
 */

export const BUTTON_HOST = "hawker-crosspost";

const STYLE = `
  :host { all: initial; display: inline-block; margin: 0 8px; vertical-align: middle; }
  button {
    font: 600 13px/1 system-ui, sans-serif; color: #fff; background: #1d4ed8; border: 1px solid #1e40af; border-radius: 8px;
    min-height: 32px; padding: 0 12px; cursor: pointer;
  }
  button:hover { background: #1e40af; }
  button:focus-visible { outline: 3px solid #93c5fd; outline-offset: 2px; }
  button[aria-busy="true"] { opacity: 0.7; }
`;

/** @param onPress called for a press by the person, with mouse or keyboard. */
export const crosspostButton = (document: Document, onPress: () => Promise<void>): HTMLElement => {
  const host = document.createElement(BUTTON_HOST);
  const root = host.attachShadow({ mode: "closed" });
  const style = document.createElement("style");
  style.textContent = STYLE;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Crosspost";
  button.setAttribute("aria-label", "Crosspost this item with Hawker");
  button.addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
    button.setAttribute("aria-busy", "true");
    void onPress().finally(() => button.removeAttribute("aria-busy"));
  });
  root.append(style, button);
  return host;
};
