/** What a request carries through the app. */
import type { Context } from "hono";
import type { Database } from "./data/database.ts";
import type { ServerEnv } from "./env.ts";
import type { VerifyToken } from "./middleware/authenticate.ts";

export type User = { id: string; token: string };

/** One structured line; names and numbers, never a value a person entered. */
export type LogLine = Record<string, string | number | boolean | undefined>;

export type AppEnv = {
  Variables: {
    env: ServerEnv;
    log: (line: LogLine) => void;
    verifyToken: VerifyToken;
    requestId: string;
    /** Set by middleware/authenticate.ts, which every guarded route has. */
    user: User;
    /** The caller's own rights at the database. */
    database: Database;
    /** Only on routes that take their budget with their work: middleware/rate-limit.ts. */
    budgetTaken: boolean;
  };
};
export type AppContext = Context<AppEnv>;
