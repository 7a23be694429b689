/** A person's word about one target, once per request: what the routes of a target share. */
import type { JobDetail } from "#core/api/index.ts";
import type { AppContext } from "../../app-context.ts";
import { eventIdOf } from "../../data/event-id.ts";
import { idempotently } from "../../data/idempotently.ts";
import { tellTarget, type PersonEvent, type TargetPlace } from "../../data/targets.ts";

export const tell = (
  c: AppContext,
  route: `POST /api/${string}`,
  place: TargetPlace,
  event: PersonEvent,
): Promise<JobDetail> => {
  const request = { ...place, event };
  return idempotently(c, route, request, async () => {
    const key = c.req.header("idempotency-key") ?? "";
    const eventId = await eventIdOf(c.get("user").id, key, { route, ...request });
    return tellTarget(c.get("database"), place, event, eventId);
  });
};
