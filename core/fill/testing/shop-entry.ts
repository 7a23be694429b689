/** A bundle of the engine for one made-up marketplace, "shop", whose signs the test puts into the page first. */
import type { PageEngine } from "../../plan/index.ts";
import { createEngine, type EngineMarketplace } from "../engine.ts";

const world = globalThis as typeof globalThis & { __hawkerPage?: PageEngine; __shop?: EngineMarketplace };
if (!world.__shop) throw new Error("Put the shop's signs into __shop first.");
world.__hawkerPage = createEngine({ marketplaces: { shop: world.__shop }, gestures: {} });
