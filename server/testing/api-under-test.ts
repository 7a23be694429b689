/** What tests know of the running API. */
import { inject } from "vitest";

export const ALLOWED_ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";
/** Low, so that a test can use it up; every test signs up people of its own. */
export const LIST_ACCOUNTS_LIMIT = 40;

export type ApiUnderTest = {
  node: string;
  workerd: string;
  variables: Record<string, string>;
  adminDatabaseUrl: string;
  rootKeyJson: string;
  /** What runs on workerd, for another one. */
  workersBundle: string;
};

declare module "vitest" {
  interface ProvidedContext {
    apiUnderTest: ApiUnderTest;
  }
}

export const apiUnderTest = (): ApiUnderTest => inject("apiUnderTest");

/** Every suite runs once per runtime. */
export const RUNTIMES = ["node", "workerd"] as const;
export type Runtime = (typeof RUNTIMES)[number];
