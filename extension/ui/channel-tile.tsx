import { MARKETPLACES } from "#marketplaces/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { classNames } from "./class-names.ts";
import { StateIcon, type ShownState } from "./state-badge.tsx";

/** A site as two letters in its colour, with its state's icon at the corner; the name is spoken by what stands beside it. */
export function ChannelTile({
  channel,
  size = 24,
  label,
  state,
  muted = false,
}: {
  channel: ChannelId;
  size?: number;
  label?: string;
  state?: ShownState | undefined;
  muted?: boolean;
}) {
  const { monogram } = MARKETPLACES[channel].identity;
  return (
    <span
      {...(label ? { role: "img", "aria-label": label, title: label } : { "aria-hidden": true })}
      className={classNames(
        "relative inline-flex shrink-0 items-center justify-center rounded-sm font-bold select-none",
        muted && "border border-line",
      )}
      style={{
        width: size,
        height: size,
        fontSize: Math.max(9, size * 0.42),
        ...(muted
          ? { color: "var(--c-ink-3)" }
          : { background: monogram.color, color: inkOn(monogram.color) }),
      }}
    >
      {monogram.text}
      {state ? (
        <span className="absolute -right-2 -bottom-2 rounded-full bg-surface p-px">
          <StateIcon state={state} className="size-3.5" />
        </span>
      ) : null}
    </span>
  );
}

/** Black or white, whichever reads better on this colour (WCAG relative luminance). */
const inkOn = (hex: string): "#ffffff" | "#111111" => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = parseInt(full.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const l = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (l + 0.05) >= (l + 0.05) / 0.0558 ? "#ffffff" : "#111111";
};

export const channelName = (channel: ChannelId): string => MARKETPLACES[channel].identity.name;
