/** The popup: painted from the local database alone; nothing here waits for the network. */
import { useLiveQuery } from "dexie-react-hooks";
import { ExternalLink, Layers } from "lucide-react";
import { useState } from "react";
import { database } from "#extension/store/database.ts";
import { send } from "#extension/messages/send.ts";
import { Button, IconButton } from "#extension/ui/button.tsx";
import { text } from "#extension/ui/messages.ts";
import { toasts } from "#extension/ui/toasts.tsx";
import { AuthForm } from "../auth/auth-form.tsx";
import { useAuth } from "../auth/use-auth.ts";
import { CurrentPage } from "./current-page.tsx";
import { ItemPicker } from "./item-picker.tsx";
import { openDashboard } from "./open-dashboard.ts";
import { RunsNow } from "./runs-now.tsx";
import { words } from "./words.ts";

function Header() {
  return (
    <header className="flex items-center gap-2 border-b border-line bg-surface px-3 py-2">
      <Layers aria-hidden className="size-5 text-accent" />
      <h1 className="flex-1 text-lg font-semibold">{text.product}</h1>
      <IconButton label={words.openDashboard} onClick={() => openDashboard("/inventory")}>
        <ExternalLink aria-hidden className="size-4" />
      </IconButton>
    </header>
  );
}

function SignedOut() {
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="text-lg font-semibold">{words.tagline}</p>
      <RunsNow orNothing />
      <AuthForm />
      <div className="flex flex-col items-start gap-2">
        <p className="text-sm text-ink-3">{words.offlineHint}</p>
        <Button small onClick={() => openDashboard("/inventory")}>
          {words.goOnSignedOut}
        </Button>
      </div>
    </div>
  );
}

function Footer({ email }: { email: string }) {
  const [leaving, setLeaving] = useState(false);
  const connected = useLiveQuery(() => database.accounts.where("status").equals("connected").count(), []);
  const logOut = async () => {
    setLeaving(true);
    await send("auth.signOut", {}).catch((cause: unknown) =>
      toasts.show(String(cause), { meaning: "failed" }),
    );
    setLeaving(false);
  };
  return (
    <footer className="flex items-center gap-2 border-t border-line bg-surface px-3 py-2">
      <div className="min-w-0 flex-1 text-sm">
        <p className="truncate text-ink-2" title={email}>
          {words.signedInAs(email)}
        </p>
        <button type="button" className="text-accent underline" onClick={() => openDashboard("/connections")}>
          {connected === undefined ? words.connections : words.sites(connected)}
        </button>
      </div>
      <Button kind="quiet" small busy={leaving} onClick={logOut}>
        {words.logOut}
      </Button>
    </footer>
  );
}

export function Popup() {
  const auth = useAuth();
  return (
    <div className="flex max-h-[560px] min-h-[320px] w-[380px] max-w-full flex-col bg-canvas">
      <Header />
      <main className="min-h-0 flex-1 overflow-y-auto">
        {auth === undefined ? null : auth === null ? (
          <SignedOut />
        ) : (
          <div className="flex flex-col gap-4 p-3">
            <CurrentPage />
            <RunsNow />
            <ItemPicker />
          </div>
        )}
      </main>
      {auth ? <Footer email={auth.email} /> : null}
    </div>
  );
}
