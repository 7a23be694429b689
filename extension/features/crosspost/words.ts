import { count } from "#extension/ui/format.ts";

export const words = {
  title: (n: number, only: string | null) =>
    n === 1 && only ? `Crosspost ${only}` : `Crosspost ${count(n, "item")}`,
  sites: "Sites",
  localOnly: "in this browser",
  notConnected: "Not connected yet",
  notCloud: "Not allowed in the cloud",
  connect: (site: string) => `Connect ${site}`,
  where: "Where",
  tabs: "Now, in my tabs",
  tabsHint: "Fills each site's form in this browser while you watch.",
  cloud: "In the cloud",
  cloudHint: "Runs even when this computer is off, with the sessions you sealed.",
  cloudSignedOut: "Log in to use the cloud.",
  mode: "Mode",
  review: "Review before publishing",
  reviewHint: "Everything is filled in; you press Publish.",
  publish: "Publish straight away",
  publishHint: "Published once every required field is read back.",
  startAt: "Start at",
  startAtHint: "Leave empty to start now.",
  inThePast: "Choose a time that is still to come.",
  tooFar: "Choose a time within the next two years.",
  start: "Start posting",
  schedule: "Schedule",
  problems: "Problems to fix first",
  warnings: "Worth a look",
  allGood: "Everything these sites ask for is there.",
  chooseSite: "Choose at least one site.",
  open: "Open the item",
  unsaved: (field: string, title: string, why: string) => `Not saved: ${field} of "${title}". ${why}`,
  preview: "What will be sent",
  gone: "These items are no longer here. Close this and choose again.",
  scheduleRest: "Try the rest again",
  notScheduled: (refused: number, scheduled: number) =>
    scheduled === 0
      ? `${count(refused, "item")} could not be scheduled.`
      : `${count(scheduled, "job")} scheduled; ${count(refused, "item")} could not be.`,
  notScheduledList: "Not scheduled",
  started: (n: number, left: number) =>
    left === 0
      ? `${count(n, "post")} started`
      : `${count(n, "post")} started, ${left} left out: live there already`,
  live: "Live there already: tick it to post one more",
  someLive: (n: number, of: number) => `${n} of ${of} live there already`,
  scheduled: (n: number) => `${count(n, "job")} scheduled`,
};
