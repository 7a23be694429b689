/** What a post asks that is answered by looking at the seller's own listings: the rows that could be it, and its link. */
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { answersTo, type Answer, type Candidate } from "#core/posting/index.ts";
import { marketplaceOf } from "#marketplaces/index.ts";
import { send } from "#extension/messages/send.ts";
import { Button } from "#extension/ui/button.tsx";
import { channelName } from "#extension/ui/channel-tile.tsx";
import { TextField } from "#extension/ui/field.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { listingAt } from "./listing-at.ts";
import type { Line } from "./use-posts.ts";
import { words } from "./words.ts";

type SaidHere = Exclude<Answer, { kind: "publish" }>;

const say = ({ postId, targetId, posting }: Line, answer: SaidHere): Promise<unknown> => {
  const question = posting.question?.number ?? 0;
  if (postId) return send("post.answer", { postId, question, answer });
  return send("target.answer", { targetId: targetId ?? "", question, answer });
};

/** Nothing where the question is answered by one button. */
export function Question({ line }: { line: Line }) {
  const { busy, run } = useAction();
  const answers = answersTo(line.posting);
  if (!answers.includes("is-it")) return null;
  const answer = (given: SaidHere) =>
    void run(async () => {
      await say(line, given).catch((cause: unknown) => {
        toasts.show(cause instanceof Error ? cause.message : String(cause), { meaning: "failed" });
      });
    });
  const candidates = line.posting.question?.candidates ?? [];
  const asked = words.question(channelName(line.platform), line.posting.presses > 0);
  return (
    <section aria-label={asked} className="flex flex-col gap-3 rounded border border-line bg-surface p-3">
      <h3 className="font-medium">{asked}</h3>
      {candidates.length > 0 ? (
        <ul className="divide-y divide-line">
          {candidates.map((row) => (
            <CandidateRow
              key={row.externalId}
              row={row}
              busy={busy}
              onChoose={() => answer({ kind: "is-it", externalId: row.externalId, url: row.url })}
            />
          ))}
        </ul>
      ) : null}
      <ByLink
        line={line}
        label={candidates.length > 0 ? words.orLink : words.link}
        busy={busy}
        onFound={answer}
      />
      <div className="flex flex-wrap gap-2">
        {answers.includes("another-thing") ? (
          <Button small busy={busy} onClick={() => answer({ kind: "another-thing" })}>
            {words.noneOfThese}
          </Button>
        ) : null}
        {answers.includes("not-there") ? (
          <>
            <Button small busy={busy} onClick={() => answer({ kind: "not-there", again: true })}>
              {words.notTherePostAgain}
            </Button>
            <Button small busy={busy} onClick={() => answer({ kind: "not-there", again: false })}>
              {words.notThereLeave}
            </Button>
          </>
        ) : null}
        {answers.includes("wait") ? (
          <Button small kind="quiet" busy={busy} onClick={() => answer({ kind: "wait" })}>
            {words.askTomorrow}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function CandidateRow({ row, busy, onChoose }: { row: Candidate; busy: boolean; onChoose: () => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="min-w-0 flex-1">
        <span className="block font-medium break-words">{row.title || words.untitled}</span>
        <span className="tabular flex flex-wrap gap-x-2 text-sm text-ink-2">
          <span>{row.priceText}</span>
          <span>{words.rowStates[row.status] ?? row.status}</span>
          {row.url ? (
            <a
              href={row.url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
            >
              {words.look}
              <ExternalLink aria-hidden className="size-3.5" />
            </a>
          ) : null}
        </span>
      </span>
      <Button small kind="primary" busy={busy} onClick={onChoose} aria-label={words.thisIsIt(row.title)}>
        {words.thisOne}
      </Button>
    </li>
  );
}

type ByLinkProps = { line: Line; label: string; busy: boolean; onFound: (answer: SaidHere) => void };

/** Found on the site by eye: its address says which it is. */
function ByLink({ line, label, busy, onFound }: ByLinkProps) {
  const [link, setLink] = useState("");
  const [tried, setTried] = useState(false);
  const site = marketplaceOf(line.platform);
  const found = listingAt(site, link);
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (found) onFound({ kind: "is-it", ...found });
      }}
    >
      <div className="min-w-48 flex-1">
        <TextField
          label={label}
          type="url"
          value={link}
          error={tried && !found ? words.notItsLink(site.identity.name) : undefined}
          onChange={(event) => setLink(event.target.value)}
        />
      </div>
      <Button small type="submit" busy={busy} disabled={link.trim() === ""}>
        {words.itIsThere}
      </Button>
    </form>
  );
}
