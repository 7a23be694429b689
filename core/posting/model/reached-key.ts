/** Which reached states are one. */
import { AGREE_MS, DAY_MS, LEASE_LEFT_MS, READING_MS } from "../index.ts";
import type { Reached } from "./reachable.ts";

/** What two reached states have to differ in to be two. What only waiting changes is no difference: every edge waits as well. */
export function keyOf({ posting: p, now, lease }: Reached): string {
  const windowEnds = (p.unsettledAt ?? 0) + p.windowMs;
  const begunAt = p.claimedAt ?? 0;
  const isDriven = lease !== null && lease.until > now && p.fence === lease.fence;
  const parts: unknown[] = [
    p.state,
    p.driver,
    p.attempt,
    p.crashes,
    p.tabClaimed,
    p.cancelAsked,
    p.claimedAt === null,
    p.consent?.kind,
    Math.min(p.presses, 2),
    p.permits > p.settledAttempts,
    p.permit && p.permit.attempt > p.settledAttempts,
    p.unsettledAt !== null,
    p.sign && (p.sign.externalId ?? "unnamed"),
    p.baseline === null,
    p.absentAt !== null,
    p.quietUntil !== null,
    p.unexplained.length > 0,
    p.filledAt !== null,
    p.question?.kind,
    p.ending?.code === "late-row",
    p.sign !== null && p.ending?.code === "unexplained-rows",
    p.closedAt !== null,
    p.listing?.externalId,
    p.listing?.by,
  ];
  if (isDriven)
    parts.push(
      lease.until > now + LEASE_LEFT_MS,
      p.readingFence === p.fence && now - (p.readingAt ?? 0) <= READING_MS,
      begunAt > windowEnds,
      p.absentAt !== null && begunAt >= p.absentAt + AGREE_MS,
      p.sign !== null && begunAt > (p.unsettledAt ?? 0) + DAY_MS,
      p.quietUntil !== null && begunAt > p.quietUntil,
    );
  return parts.join("|");
}
