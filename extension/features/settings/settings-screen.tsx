import { useLiveQuery } from "dexie-react-hooks";
import { Download } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import type { Mode } from "#core/job/job.ts";
import { send } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { readSetting, writeSetting } from "#extension/store/settings.ts";
import type { Preferences } from "#extension/store/rows.ts";
import { Button } from "#extension/ui/button.tsx";
import { Choice, TextField } from "#extension/ui/field.tsx";
import { Banner } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { AuthForm } from "../auth/auth-form.tsx";
import { useAuth } from "../auth/use-auth.ts";
import { ForgetPart } from "./forget-part.tsx";
import { words } from "./words.ts";

const DEFAULTS: Preferences = { mode: "review", city: "sfbay" };

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="card flex flex-col gap-3 p-4">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function AccountPart() {
  const auth = useAuth();
  const { busy, error, run } = useAction();
  if (auth === undefined) return null;
  if (auth === null)
    return (
      <>
        <p className="text-ink-2">{words.signedOut}</p>
        <div className="max-w-sm">
          <AuthForm />
        </div>
      </>
    );
  return (
    <>
      <p>{auth.email}</p>
      {auth.workspaceName ? (
        <p className="text-ink-2">{words.workspace(auth.workspaceName, auth.role ?? "member")}</p>
      ) : null}
      {error ? <Banner meaning="failed">{error}</Banner> : null}
      <div>
        <Button busy={busy} onClick={() => void run(() => send("auth.signOut", {}))}>
          {words.logOut}
        </Button>
      </div>
    </>
  );
}

/** Over what is stored by then: another tab may have changed the other half. */
const changePreferences = (edit: Partial<Preferences>): Promise<void> =>
  database.transaction("rw", database.settings, async () => {
    const stored = (await readSetting("preferences")) ?? DEFAULTS;
    await writeSetting("preferences", { ...stored, ...edit });
  });

function PostingPart() {
  const saved = useLiveQuery(async () => (await readSetting("preferences")) ?? DEFAULTS, []);
  /** Shown at once, and until what is saved is read again. */
  const [picked, setPicked] = useState<Mode | null>(null);
  useEffect(() => setPicked(null), [saved]);
  if (!saved) return null;
  const change = (edit: Partial<Preferences>) => {
    setPicked(edit.mode ?? null);
    changePreferences(edit).catch((cause: unknown) => {
      setPicked(null);
      toasts.show(cause instanceof Error ? cause.message : String(cause), { meaning: "failed" });
    });
  };
  return (
    <>
      <Choice
        label={words.mode}
        name="default-mode"
        value={picked ?? saved.mode}
        onChange={(mode: Mode) => change({ mode })}
        options={[
          { value: "review", label: words.review },
          { value: "publish", label: words.publish },
        ]}
      />
      <TextField
        label={words.city}
        hint={words.cityHint}
        className="max-w-xs"
        defaultValue={saved.city}
        onChange={(e) => change({ city: e.target.value.trim().toLowerCase() })}
      />
    </>
  );
}

const exportAll = async () => {
  const [items, listings, posts, jobs] = await Promise.all([
    database.items.toArray(),
    database.listings.toArray(),
    database.posts.toArray(),
    database.jobs.toArray(),
  ]);
  const url = URL.createObjectURL(
    new Blob(
      [JSON.stringify({ exportedAt: new Date().toISOString(), items, listings, posts, jobs }, null, 2)],
      { type: "application/json" },
    ),
  );
  const link = Object.assign(document.createElement("a"), { href: url, download: "hawker-export.json" });
  link.click();
  URL.revokeObjectURL(url);
};

function DataPart() {
  const counts = useLiveQuery(async () => {
    const [items, photos, waiting, estimate] = await Promise.all([
      database.items.filter((i) => !i.deletedAt).count(),
      database.photoBlobs.count(),
      database.outbox.count(),
      navigator.storage.estimate(),
    ]);
    const sync = await database.syncState.get("main");
    const trouble = sync && sync.link !== "signed-out" ? sync.lastError : null;
    return { items, photos, waiting, trouble, mb: ((estimate.usage ?? 0) / 1_000_000).toFixed(1) };
  }, []);
  const { busy, error, run } = useAction();
  return (
    <>
      {counts ? (
        <p>
          {words.items(counts.items, counts.photos)} · {words.space(counts.mb)}.{" "}
          {words.waiting(counts.waiting)}
        </p>
      ) : null}
      {counts?.trouble ? <Banner meaning="attention">{counts.trouble}</Banner> : null}
      {error ? <Banner meaning="failed">{error}</Banner> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          icon={<Download aria-hidden className="size-4" />}
          busy={busy}
          onClick={() => void run(exportAll)}
        >
          {words.export}
        </Button>
        <span className="text-sm text-ink-3">{words.exportHint}</span>
      </div>
      <ForgetPart />
    </>
  );
}

export function SettingsScreen() {
  return (
    <div className="flex w-full max-w-3xl flex-col gap-4 p-3 sm:p-6">
      <h1 className="text-xl font-semibold">{words.title}</h1>
      <Part title={words.account}>
        <AccountPart />
      </Part>
      <Part title={words.posting}>
        <PostingPart />
      </Part>
      <Part title={words.data}>
        <DataPart />
      </Part>
    </div>
  );
}
