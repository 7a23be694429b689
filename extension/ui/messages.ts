/** Words used in more than one place. Sentences with values are functions, so that a translation may turn them around. */
export const text = {
  product: "Hawker",
  close: "Close",
  cancel: "Cancel",
  dismiss: "Dismiss",
  tryAgain: "Try again",
  loading: "Loading",
  save: "Save",
  undo: "Undo",
  done: "Done",
  placeFailed: "This could not be shown",
  somethingFailed: "That did not work. Try again; if it keeps failing, reload this page.",
  states: {
    queued: "Waiting",
    claimed: "Starting",
    filling: "Filling",
    running: "Running",
    submitting: "Sending",
    unknown: "Checking",
    ready: "Ready to publish",
    paused: "Paused",
    done: "Live",
    partial: "Partly done",
    needs_human: "Needs you",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  accountStates: {
    connected: "Connected",
    expiring: "Expiring soon",
    expired: "Expired",
    blocked: "Blocked by the site",
    needs_human: "Needs you",
    disconnected: "Disconnected",
  },
  conditions: {
    new_with_tags: "New with tags",
    new: "New",
    like_new: "Like new",
    good: "Good",
    fair: "Fair",
    poor: "Poor",
  },
  fields: {
    photos: "Photos", title: "Title", description: "Description", price: "Price", quantity: "Quantity", condition: "Condition",
    category: "Category", brand: "Brand", size: "Size", colors: "Colours", material: "Material", tags: "Tags", sku: "SKU",
    weightGrams: "Weight", dimensionsMm: "Dimensions", shippingProfile: "Shipping", location: "Location", cost: "Cost",
    labels: "Labels", notes: "Notes",
  } as Record<string, string>, // prettier-ignore
  shipping: {
    ship_buyer_pays: "Ship, buyer pays",
    ship_seller_pays: "Ship, I pay",
    pickup_only: "Local pickup only",
  },
  handoffs: {
    login: (site: string) => `${site} wants you to log in. Log in in its tab; Hawker goes on by itself.`,
    captcha: (site: string) =>
      `${site} asks you to prove you are a person. Solve it in the tab, then continue.`,
    checkpoint: (site: string) =>
      `${site} wants to check it is you. Finish its steps in the tab, then continue.`,
    block: (site: string) =>
      `${site} has blocked posting for now. Read what it says in the tab before you try again.`,
    limit: (site: string) =>
      `${site} says you have reached a limit. Try again later, or see what it says in the tab.`,
    field: (site: string) =>
      `Hawker was not sure about a field on ${site}. Set it in the tab, then continue.`,
    "check-listing": (site: string) =>
      `Hawker could not tell whether the listing is on ${site}. Look, and say which it is.`,
    "host-permission": (site: string) => `Hawker may not work on ${site} yet. Connect it to allow that.`,
    "tab-closed": (site: string) => `The ${site} tab was closed before the post was finished.`,
  },
};
