/** The database goes away at the moment a worker starts. */
import { expect, it } from "vitest";
import { ServiceAway } from "#core/host/index.ts";
import { createLog } from "../log.ts";
import type { Database } from "./database.ts";
import { createHeartbeats } from "./heartbeats.ts";

const heartbeatsOver = (answers: (() => Promise<void>)[]) => {
  const call = () => (answers.shift() ?? (() => Promise.resolve()))();
  return createHeartbeats({ call } as unknown as Database, 1, createLog("silent"));
};
const away = () => Promise.reject(new ServiceAway("The database did not answer."));
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it("a first beat that nobody heard: the pool takes no job until one is heard, and then it does", async () => {
  const heartbeats = heartbeatsOver([away, away]);
  let begun = 0;
  void heartbeats.begin("pool").then(() => (begun += 1));
  void heartbeats.begin("pool").then(() => (begun += 1));
  await nextTurn();
  expect(await heartbeats.beat()).toBe(false);
  expect(begun).toBe(0);
  expect(await heartbeats.beat()).toBe(true);
  await nextTurn();
  expect(begun).toBe(2);
});
