import type { Driver } from "#core/job/job.ts";
import { channelName } from "#extension/ui/channel-tile.tsx";
import type { ChannelId } from "#core/marketplace/marketplace.ts";

export const words = {
  ready: (driver: Driver) =>
    driver === "cloud"
      ? "Filled in the cloud. Publish it, or do it in this browser to look it over first."
      : "Filled. Look it over in its tab, then publish.",
  publishOn: (channel: ChannelId) => `Publish on ${channelName(channel)}`,
  fillAgainOn: (channel: ChannelId) => `Fill again on ${channelName(channel)}`,
  continueInTab: "Continue in the tab",
  goOn: "Try again",
  takeOver: "Do it in this browser",
  useCloud: "Let the cloud do it",
  openTab: "Open tab",
  pause: "Pause",
  resume: "Resume",
  retry: "Retry",
  cancel: "Cancel",
  view: "View listing",
  question: (site: string, isPressed: boolean) =>
    isPressed ? `It may be published on ${site} already. Is it there?` : `Is it on ${site} already?`,
  thisOne: "This is it",
  thisIsIt: (title: string) => `This is it: ${title}`,
  untitled: "No title",
  look: "Look",
  link: "Link of the listing, if it is there",
  orLink: "Or paste its link",
  notItsLink: (site: string) => `This is no address of a listing on ${site}.`,
  itIsThere: "It is there",
  notTherePostAgain: "Not there: post again",
  notThereLeave: "Not there: leave it",
  noneOfThese: "None of these: post it",
  putOff: (site: string, until: number) => {
    const when = new Date(until).toLocaleString(undefined, {
      weekday: "long",
      hour: "numeric",
      minute: "2-digit",
    });
    return `Hawker keeps looking for it among your listings on ${site}, and asks again on ${when} if it has not come up.`;
  },
  askTomorrow: "Ask me tomorrow",
  rowStates: {
    active: "live",
    held: "in review",
    inProgress: "in progress",
    sold: "sold",
    ended: "ended",
    draft: "draft",
  } as Partial<Record<string, string>>,
  progress: (title: string, channel: ChannelId) => `Progress of ${title} on ${channelName(channel)}`,
  line: (title: string, channel: ChannelId) => `${title} on ${channelName(channel)}`,
  connect: (channel: ChannelId) => `Connect ${channelName(channel)}`,
};
