import { channelName } from "#extension/ui/channel-tile.tsx";
import type { ChannelId } from "#core/marketplace/marketplace.ts";

export const words = {
  publishOn: (channel: ChannelId) => `Publish on ${channelName(channel)}`,
  continueInTab: "Continue in the tab",
  openTab: "Open tab",
  pause: "Pause",
  resume: "Resume",
  retry: "Retry",
  cancel: "Cancel",
  view: "View listing",
  itIsThere: "It is there",
  itIsNot: "It is not there",
  progress: (title: string, channel: ChannelId) => `Progress of ${title} on ${channelName(channel)}`,
  line: (title: string, channel: ChannelId) => `${title} on ${channelName(channel)}`,
  connect: (channel: ChannelId) => `Connect ${channelName(channel)}`,
};
