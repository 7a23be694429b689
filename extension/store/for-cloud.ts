import type { AccountRow } from "./rows.ts";

/** Whether the cloud may use this account, and can: as the service decides it (`is_cloud_ready`), but for the session it holds. */
export const isForCloud = ({ cloudAllowed, localOnly, replay }: AccountRow): boolean =>
  cloudAllowed && !localOnly && replay !== "no";
