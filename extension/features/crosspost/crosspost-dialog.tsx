import { useLiveQuery } from "dexie-react-hooks";
import { useMemo, useState } from "react";
import type { Driver, Mode } from "#core/job/job.ts";
import { isWithinTwoYears } from "#core/job/run-at.ts";
import { database } from "#extension/store/database.ts";
import { readSetting } from "#extension/store/settings.ts";
import { Button, buttonLook } from "#extension/ui/button.tsx";
import { Choice as Choices, TextField } from "#extension/ui/field.tsx";
import { text } from "#extension/ui/messages.ts";
import { Modal } from "#extension/ui/modal.tsx";
import { Banner, SkeletonRows } from "#extension/ui/notices.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { useAuth } from "../auth/use-auth.ts";
import { unsavedOf } from "../editor/draft-view.ts";
import { ChannelPreview } from "./channel-preview.tsx";
import { chosenOf, Destinations, liveAt, offersFor, presetsOf, type Choice } from "./destinations.tsx";
import { ProblemsList, findProblems } from "./problems-list.tsx";
import { UnsavedList } from "./unsaved-list.tsx";
import { NotScheduled } from "./not-scheduled.tsx";
import { newKeys, scheduleInCloud, startInTabs, type Scheduled } from "./start-crosspost.ts";
import { words } from "./words.ts";

const useItemsAndAccounts = (itemIds: string[]) =>
  useLiveQuery(async () => {
    const found = await database.items.bulkGet(itemIds);
    return {
      items: found.flatMap((i) => (i && i.deletedAt === null ? [i] : [])),
      accounts: await database.accounts.toArray(),
      drafts: await database.drafts.where("itemId").anyOf(itemIds).toArray(),
      listings: await database.listings.where("itemId").anyOf(itemIds).toArray(),
      mode: (await readSetting("preferences"))?.mode,
    };
  }, [itemIds.join()]);

const offersIn = (data: ReturnType<typeof useItemsAndAccounts>, driver: Driver) =>
  offersFor(data?.accounts ?? [], {
    driver,
    live: liveAt(data?.listings ?? []),
    items: data?.items.length ?? 0,
  });

const badTimeOf = (at: number, now: number): string | null =>
  at < now - 60_000 ? words.inThePast : isWithinTwoYears(at, now) ? null : words.tooFar;

export function CrosspostDialog({
  itemIds,
  onClose,
  onStarted,
}: {
  itemIds: string[];
  onClose: () => void;
  onStarted: () => void;
}) {
  const data = useItemsAndAccounts(itemIds);
  const auth = useAuth();
  const [driver, setDriver] = useState<Driver>("tab");
  const [picked, setPicked] = useState<Mode | null>(null);
  const [runAt, setRunAt] = useState("");
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [opened, setOpened] = useState(data);
  const { busy, error, run } = useAction();
  const [scheduled, setScheduled] = useState<Scheduled>({ done: [], refused: [] });
  const keys = useMemo(() => newKeys(itemIds), [itemIds.join()]);
  if (data && !opened) setOpened(data);

  const mode = picked ?? opened?.mode ?? "review";
  const items = data?.items ?? [];
  const offers = offersIn(data, driver);
  const chosen = chosenOf(offers, choices, presetsOf(offersIn(opened, driver)));
  const platforms = [...new Set(chosen.map((o) => o.platform))];
  const found = findProblems(items, platforms);
  const errors = found.filter((f) => f.problem.severity === "error");
  const warnings = found.filter((f) => f.problem.severity === "warning");
  const only = items.length === 1 ? items[0] : undefined;
  const sendable = platforms.filter((p) => !errors.some((f) => f.channel === p));
  const badTime = driver === "cloud" && runAt !== "" ? badTimeOf(Date.parse(runAt), Date.now()) : null;
  const unsaved = items.flatMap((item) =>
    unsavedOf(item, data?.drafts ?? []).map((one) => ({ ...one, item })),
  );
  const ready =
    items.length > 0 && chosen.length > 0 && errors.length === 0 && unsaved.length === 0 && !badTime;

  const choose = (key: string, choice: Choice) => setChoices((before) => new Map(before).set(key, choice));
  const start = async () => {
    const ids = items.map((i) => i.id);
    let left = 0;
    const went = await run(async () => {
      if (driver === "tab") {
        const started = await startInTabs(ids, chosen, mode);
        return toasts.show(words.started(started.posts, started.left));
      }
      const at = runAt === "" ? null : new Date(runAt).toISOString();
      const rest = ids.filter((id) => !scheduled.done.includes(id));
      const { done, refused } = await scheduleInCloud(rest, chosen, { mode, runAt: at, keys });
      setScheduled({ done: [...scheduled.done, ...done], refused });
      left = refused.length;
      if (left === 0) toasts.show(words.scheduled(ids.length));
    });
    if (went && left === 0) onStarted();
  };

  return (
    <Modal
      open
      onClose={onClose}
      title={words.title(itemIds.length, items[0]?.title ?? null)}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="primary" busy={busy} disabled={!ready} onClick={() => void start()}>
            {driver === "tab" ? words.start : scheduled.done.length > 0 ? words.scheduleRest : words.schedule}
          </Button>
        </>
      }
    >
      {!data ? (
        <SkeletonRows rows={4} />
      ) : items.length === 0 ? (
        <Banner meaning="attention">{words.gone}</Banner>
      ) : (
        <div className="flex flex-col gap-4">
          {error ? <Banner meaning="failed">{error}</Banner> : null}
          {scheduled.refused.length > 0 ? (
            <NotScheduled refused={scheduled.refused} scheduled={scheduled.done.length} items={items} />
          ) : null}
          {unsaved.length > 0 ? <UnsavedList unsaved={unsaved} onOpen={onClose} /> : null}
          {errors.length > 0 ? (
            <section aria-label={words.problems} className="flex flex-col gap-1">
              <div className="flex flex-wrap items-center justify-between gap-x-3">
                <h3 className="text-sm font-medium text-failed">{`${words.problems} (${errors.length})`}</h3>
                {only ? (
                  <a href={`#/inventory/${only.id}`} onClick={onClose} className={buttonLook("quiet", true)}>
                    {words.open}
                  </a>
                ) : null}
              </div>
              <ProblemsList found={errors} showItem={items.length > 1} />
            </section>
          ) : null}
          <Destinations offers={offers} chosen={new Set(chosen.map((o) => o.key))} onChoose={choose} />
          <Choices
            label={words.where}
            name="driver"
            value={driver}
            onChange={setDriver}
            options={[
              { value: "tab", label: words.tabs, hint: words.tabsHint },
              {
                value: "cloud",
                label: words.cloud,
                hint: auth ? words.cloudHint : words.cloudSignedOut,
                disabled: !auth,
              },
            ]}
          />
          <Choices
            label={words.mode}
            name="mode"
            value={mode}
            onChange={setPicked}
            options={[
              { value: "review", label: words.review, hint: words.reviewHint },
              { value: "publish", label: words.publish, hint: words.publishHint },
            ]}
          />
          {driver === "cloud" ? (
            <TextField
              label={words.startAt}
              type="datetime-local"
              hint={words.startAtHint}
              error={badTime ?? undefined}
              value={runAt}
              onChange={(e) => setRunAt(e.target.value)}
            />
          ) : null}
          {warnings.length > 0 ? (
            <details>
              <summary className="text-sm font-medium text-ink-2">{`${words.warnings} (${warnings.length})`}</summary>
              <div className="mt-2">
                <ProblemsList found={warnings} showItem={items.length > 1} />
              </div>
            </details>
          ) : errors.length === 0 && unsaved.length === 0 ? (
            <Banner meaning={chosen.length > 0 ? "ok" : "attention"}>
              {chosen.length > 0 ? words.allGood : words.chooseSite}
            </Banner>
          ) : null}
          {only && sendable.length > 0 ? (
            <details>
              <summary className="text-sm font-medium text-ink-2">{words.preview}</summary>
              <div className="mt-2 flex flex-col gap-3">
                {sendable.map((channel) => (
                  <ChannelPreview key={channel} item={only} channel={channel} />
                ))}
              </div>
            </details>
          ) : null}
        </div>
      )}
    </Modal>
  );
}
