/** The API as it is, with a gate where its database was. */
import { parseEnv } from "../env.ts";
import { startServer } from "../node.ts";
import { apiUnderTest, type Runtime } from "./api-under-test.ts";
import { Gate } from "./gate.ts";
import { startWorkerd } from "./workerd.ts";

export type GatedApi = { gate: Gate; url: string; close: () => Promise<void> };

export const gatedApi = async (runtime: Runtime): Promise<GatedApi> => {
  const { variables, workersBundle } = apiUnderTest();
  const gate = await Gate.before(variables["SUPABASE_URL"]!);
  const bindings = {
    ...variables,
    SUPABASE_URL: gate.url,
    SUPABASE_JWT_ISSUER: `${variables["SUPABASE_URL"]}/auth/v1`,
    HAWKER_UPSTREAM_TIMEOUT_MS: "1500",
  };
  const { url, close } =
    runtime === "node"
      ? await startServer(parseEnv(bindings), { log: () => undefined })
      : await startWorkerd({ scriptPath: workersBundle, bindings });
  return { gate, url, close: () => gate.close().then(close) };
};
