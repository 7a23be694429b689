import { useEffect, useState } from "react";
import { ConnectionsScreen } from "../connections/connections-screen.tsx";
import { ConsentScreen } from "../connections/consent-screen.tsx";
import { bringTyped } from "../editor/bring-typed.ts";
import { ItemEditor } from "../editor/item-editor.tsx";
import { InventoryScreen } from "../inventory/inventory-screen.tsx";
import { JobsScreen } from "../jobs/jobs-screen.tsx";
import { SettingsScreen } from "../settings/settings-screen.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { Palette } from "./palette.tsx";
import { Rail, placeOf } from "./rail.tsx";
import { useRoute } from "./use-route.ts";
import { words } from "./words.ts";
import { ErrorBorder } from "#extension/ui/error-border.tsx";
import { PLATFORMS } from "#core/job/job.ts";

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  (target as HTMLInputElement).type !== "checkbox";

function Place() {
  const { parts, query } = useRoute();
  const [place, id, action] = parts;
  const platform = PLATFORMS.find((p) => p === id);
  if (place === "jobs") return <JobsScreen runId={id ?? null} />;
  if (place === "connections" && platform && action === "connect")
    return <ConsentScreen key={platform} platform={platform} />;
  if (place === "connections") return <ConnectionsScreen />;
  if (place === "settings") return <SettingsScreen />;
  if (place === "inventory" && id) return <ItemEditor key={id} itemId={id} />;
  return <InventoryScreen crosspostId={query.get("crosspost")} openImport={query.has("import")} />;
}

export function Dashboard() {
  const { parts } = useRoute();
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette((open) => !open);
      } else if (event.key === "?" && !isTyping(event.target)) setKeys(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  useEffect(bringTyped, []);
  const place = placeOf(parts[0]);
  useEffect(() => {
    document.title = `${words.places[place]} - Hawker`;
  }, [place]);
  return (
    <div className="flex h-dvh flex-col bg-canvas sm:flex-row">
      <a
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          document.getElementById("main")?.focus();
        }}
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded focus:bg-raised focus:p-2"
      >
        {words.skip}
      </a>
      <Rail place={place} onPalette={() => setPalette(true)} />
      <main
        id="main"
        tabIndex={-1}
        className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto focus:outline-none"
      >
        <ErrorBorder key={parts.join("/")}>
          <Place />
        </ErrorBorder>
      </main>
      <Palette open={palette} onClose={() => setPalette(false)} />
      <KeysHelp open={keys} onClose={() => setKeys(false)} />
    </div>
  );
}
