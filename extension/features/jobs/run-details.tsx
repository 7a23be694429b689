/** The event log of a run and, for each post of this browser, the fields as they were sent. */
import { useLiveQuery } from "dexie-react-hooks";
import { useEffect } from "react";
import { MARKETPLACES } from "#marketplaces/index.ts";
import type { ChannelId } from "#core/marketplace/marketplace.ts";
import { send } from "#extension/messages/send.ts";
import { database } from "#extension/store/database.ts";
import { ChannelTile, channelName } from "#extension/ui/channel-tile.tsx";
import { formatExact } from "#extension/ui/format.ts";
import { MeaningIcon } from "#extension/ui/notices.tsx";
import { FieldLines } from "../cockpit/field-lines.tsx";
import type { Run } from "../posts/use-posts.ts";
import { words } from "./words.ts";

type Entry = {
  key: string;
  ts: string;
  platform: ChannelId | null;
  level: "info" | "warn" | "error";
  message: string;
};

const readLog = async (run: Run): Promise<Entry[]> => {
  const postIds = run.lines.flatMap((l) => l.postId ?? []);
  const events: Omit<Entry, "key">[] =
    postIds.length > 0
      ? await database.postEvents.where("postId").anyOf(postIds).toArray()
      : (
          await database.jobEvents
            .where("jobId")
            .equals(run.jobId ?? "")
            .toArray()
        ).map((e) => ({
          ...e,
          platform: e.platform && e.platform in MARKETPLACES ? (e.platform as ChannelId) : null,
        }));
  return events.map((e, i) => ({ ...e, key: String(i) })).sort((a, b) => a.ts.localeCompare(b.ts));
};

export function RunDetails({ run }: { run: Run }) {
  const log = useLiveQuery(() => readLog(run), [run]);
  const posts = useLiveQuery(() => database.posts.bulkGet(run.lines.flatMap((l) => l.postId ?? [])), [run]);
  useEffect(() => {
    if (run.jobId)
      send("jobs.refresh", { jobId: run.jobId }).catch((cause: unknown) =>
        console.info("The log is shown as last known.", cause),
      );
  }, [run.jobId]);
  return (
    <div className="flex flex-col gap-4 border-t border-line bg-sunken p-4">
      <section aria-label={words.log}>
        <h3 className="mb-1 text-sm font-semibold">{words.log}</h3>
        {log && log.length === 0 ? <p className="text-sm text-ink-2">{words.noLog}</p> : null}
        <ol className="flex flex-col gap-1 text-sm">
          {log?.map((e) => (
            <li key={e.key} className="flex items-start gap-2">
              <time dateTime={e.ts} title={formatExact(e.ts)} className="tabular shrink-0 text-ink-2">
                {new Date(e.ts).toLocaleTimeString()}
              </time>
              {e.platform ? (
                <ChannelTile channel={e.platform} size={20} label={channelName(e.platform)} />
              ) : null}
              <span className="min-w-0 break-words">
                {e.level === "info" ? null : (
                  <MeaningIcon
                    meaning={e.level === "error" ? "failed" : "attention"}
                    className="mr-1.5 inline align-text-bottom"
                  />
                )}
                {e.message}
              </span>
            </li>
          ))}
        </ol>
      </section>
      {posts?.map((post) =>
        post ? (
          <section key={post.id} aria-label={`${words.sent}: ${channelName(post.platform)}`}>
            <h3 className="mb-1 text-sm font-semibold">
              {words.sent}: {channelName(post.platform)}
            </h3>
            {post.stepReports.length > 0 ? (
              <div className="card">
                <FieldLines post={post} />
              </div>
            ) : (
              <p className="text-sm text-ink-2">{words.noSent}</p>
            )}
          </section>
        ) : null,
      )}
    </div>
  );
}
