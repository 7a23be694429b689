import { useState } from "react";
import { MARKETPLACES } from "#marketplaces/index.ts";
import { send } from "#extension/messages/send.ts";
import type { AccountRow } from "#extension/store/rows.ts";
import { Button, buttonLook } from "#extension/ui/button.tsx";
import { text } from "#extension/ui/messages.ts";
import { Modal } from "#extension/ui/modal.tsx";
import { Banner, MEANING_TEXT, MeaningIcon, type Meaning } from "#extension/ui/notices.tsx";
import { TimeAgo } from "#extension/ui/time-ago.tsx";
import { toasts } from "#extension/ui/toasts.tsx";
import { useAction } from "#extension/ui/use-action.ts";
import { storedOf } from "./stored.ts";
import { words } from "./words.ts";

const LIGHTS: Record<AccountRow["status"], Meaning> = {
  connected: "ok",
  expiring: "attention",
  expired: "failed",
  blocked: "failed",
  needs_human: "attention",
  disconnected: "failed",
};

function Facts({ account }: { account: AccountRow }) {
  const stored = storedOf(account);
  const line = "flex flex-col";
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
      <div className={line}>
        <dt className="text-ink-3">{words.checked}</dt>
        <dd>{account.lastVerifiedAt ? <TimeAgo iso={account.lastVerifiedAt} /> : words.never}</dd>
      </div>
      {account.lastActionAt ? (
        <div className={line}>
          <dt className="text-ink-3">{words.lastUsed}</dt>
          <dd>
            <TimeAgo iso={account.lastActionAt} />
          </dd>
        </div>
      ) : null}
      {stored?.sealedAt ? (
        <div className={line}>
          <dt className="text-ink-3">{words.sealedAt}</dt>
          <dd>
            <TimeAgo iso={stored.sealedAt} />
          </dd>
        </div>
      ) : null}
      {account.sessionExpiresAt && account.status !== "expired" ? (
        <div className={line}>
          <dt className="text-ink-3">{words.expires}</dt>
          <dd>
            <TimeAgo iso={account.sessionExpiresAt} />
          </dd>
        </div>
      ) : null}
      {stored?.keyId ? (
        <div className={line}>
          <dt className="text-ink-3">{words.key}</dt>
          <dd className="font-mono break-all">{stored.keyId}</dd>
        </div>
      ) : null}
    </dl>
  );
}

export function AccountCard({ account }: { account: AccountRow }) {
  const site = MARKETPLACES[account.platform].identity.name;
  const [asking, setAsking] = useState(false);
  const check = useAction();
  const leave = useAction();
  const light = LIGHTS[account.status];
  const stored = storedOf(account);
  const disconnect = async () => {
    if (await leave.run(() => send("account.disconnect", { accountId: account.id }))) {
      setAsking(false);
      toasts.show(words.disconnected(site));
    }
  };
  const verify = async () => {
    if (await check.run(() => send("account.verify", { accountId: account.id })))
      toasts.show(words.verifying, { meaning: "working" });
  };
  return (
    <article
      aria-label={`${site} ${account.handle}`}
      data-state={account.status}
      className="card flex flex-col gap-3 p-4"
    >
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-semibold">
          {account.displayName && account.displayName !== account.handle
            ? `${account.displayName} (${account.handle})`
            : account.handle}
        </h3>
        <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${MEANING_TEXT[light]}`}>
          <MeaningIcon meaning={light} />
          {text.accountStates[account.status]}
        </span>
      </div>
      <p>{account.statusReason ?? words.health[account.status]}</p>
      <Facts account={account} />
      <details className="text-sm">
        <summary className="font-medium text-ink-2">{words.stored}</summary>
        <div className="mt-2 flex flex-col gap-2">
          {stored && stored.cookieNames.length > 0 ? (
            <>
              <p>{words.storedSealed(stored.cookieNames.length)}</p>
              <ul className="flex flex-wrap gap-1">
                {stored.cookieNames.map((n) => (
                  <li key={n} className="rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-xs">
                    {n}
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p>{words.storedNothing}</p>
          )}
        </div>
      </details>
      <p className="text-sm text-ink-2">
        {account.cloudAllowed || account.replay === "no" ? words.replay[account.replay] : words.cloudOff}
      </p>
      {check.error ? <Banner meaning="failed">{check.error}</Banner> : null}
      <div className="flex flex-wrap gap-2">
        {light === "ok" ? null : (
          <a href={`#/connections/${account.platform}/connect`} className={buttonLook("primary", true)}>
            {words.reconnect}
          </a>
        )}
        <Button small busy={check.busy} onClick={() => void verify()}>
          {words.verify}
        </Button>
        <Button small kind="quiet" onClick={() => setAsking(true)}>
          {words.disconnect}
        </Button>
      </div>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={words.disconnectTitle(site)}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{text.cancel}</Button>
            <Button kind="danger" busy={leave.busy} onClick={() => void disconnect()}>
              {words.disconnect}
            </Button>
          </>
        }
      >
        {leave.error ? <Banner meaning="failed">{leave.error}</Banner> : null}
        <p>{words.disconnectText}</p>
      </Modal>
    </article>
  );
}
