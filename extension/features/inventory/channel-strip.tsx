import { CHANNEL_IDS } from "#marketplaces/index.ts";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { stateWord } from "#extension/ui/state-badge.tsx";
import type { ChannelState } from "./use-inventory.ts";
import { words } from "./words.ts";

/** One tile per site: in colour where the item is or is going, pale where it is not. */
export function ChannelStrip({ channels }: { channels: ChannelState }) {
  return (
    <span className="inline-flex gap-3">
      {CHANNEL_IDS.map((id) => {
        const state = channels[id];
        const name = channelName(id);
        return (
          <ChannelTile
            key={id}
            channel={id}
            muted={!state}
            label={state ? words.onChannel(name, stateWord(state)) : words.notListed(name)}
            state={state}
          />
        );
      })}
    </span>
  );
}
