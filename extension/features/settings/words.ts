import { count } from "#extension/ui/format.ts";

export const words = {
  title: "Settings",
  account: "Account",
  signedOut: "You are not logged in. Everything stays on this device; log in to sync and to use the cloud.",
  logOut: "Log out",
  workspace: (name: string, role: string) => `Workspace: ${name} (${role})`,
  posting: "Posting",
  mode: "How posts begin",
  review: "Review before publishing",
  publish: "Publish straight away",
  city: "Craigslist city",
  cityHint: "The part before .craigslist.org, such as sfbay.",
  saved: "Saved",
  data: "Data on this device",
  items: (n: number, photos: number) => `${count(n, "item")} and ${count(photos, "photo")}`,
  waiting: (n: number) =>
    n === 0 ? "Everything is sent." : `${count(n, "change")} ${n === 1 ? "waits" : "wait"} to be sent.`,
  space: (mb: string) => `${mb} MB used`,
  forget: "Delete the data on this device",
  forgetTitle: "Delete the data on this device?",
  forgetText:
    "You are logged out, and items, photos and posts are deleted from this browser. What was sent stays in your workspace and comes back when you log in. Your listings stay on their sites.",
  forgetSignedOut:
    "Items, photos and posts are deleted from this browser. They are nowhere else: export them first if you want to keep them. Your listings stay on their sites.",
  unsentLost: (n: number) =>
    `${count(n, "change")} ${n === 1 ? "is" : "are"} not sent yet and would be lost.`,
  stillOpen: (n: number) =>
    `${count(n, "post")} may still come up on a site, and only this browser knows of ${n === 1 ? "it" : "them"}. Settle ${n === 1 ? "it" : "them"} under Jobs first, so that nothing is posted twice.`,
  forgetNow: "Delete it",
  forgotten: "The data on this device is deleted.",
  export: "Export everything",
  exportHint: "Items, listings and jobs as one JSON file. Photos are not in it.",
};
