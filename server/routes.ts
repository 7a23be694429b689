/** Every route, listed: what is not here does not exist. */
import { keys } from "./routes/keys/get-keys.ts";
import { answer } from "./routes/listings/answer-target.ts";
import { cancel } from "./routes/listings/cancel-job.ts";
import { cancelTarget } from "./routes/listings/cancel-target.ts";
import { create } from "./routes/listings/create-job.ts";
import { job } from "./routes/listings/get-job.ts";
import { jobs } from "./routes/listings/list-jobs.ts";
import { retry } from "./routes/listings/retry-job.ts";
import { retryTarget } from "./routes/listings/retry-target.ts";
import { takeOver } from "./routes/listings/take-over-target.ts";
import { connect } from "./routes/platform/connect-account.ts";
import { disconnect } from "./routes/platform/disconnect-account.ts";
import { accounts } from "./routes/platform/list-accounts.ts";
import { verify } from "./routes/platform/verify-account.ts";
import { health } from "./routes/system/get-health.ts";
import { ready } from "./routes/system/get-ready.ts";

export const ROUTES = [
  connect,
  accounts,
  verify,
  disconnect,
  keys,
  create,
  jobs,
  job,
  cancel,
  retry,
  answer,
  cancelTarget,
  retryTarget,
  takeOver,
  health,
  ready,
] as const;
