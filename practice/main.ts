/** The practice marketplaces as a command. Prints one JSON line when ready; Ctrl-C or SIGTERM stops it. */
import { parseArgs } from "node:util";
import { startPractice } from "./index.ts";
import { mutationLevels } from "./page/mutation.ts";

const usage = `node practice/main.ts [options]

  --port N           TLS port of the sites (default: any free one)
  --control-port N   port of the control API (default: any free one)
  --dir D            where the ledger, certificate and built pages are kept (default: .hawker/practice)
  --mutate SEED      rename what the pages are made of
  --level LEVEL      how much: ${mutationLevels.join(" | ")} (default with --mutate: locators)
  --deploy NAME      another build of Facebook: other class names

Next: open a Chromium with --host-resolver-rules and --ignore-certificate-errors as printed. See practice/README.md.
`;

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    "control-port": { type: "string" },
    dir: { type: "string", default: ".hawker/practice" },
    mutate: { type: "string" },
    level: { type: "string" },
    deploy: { type: "string" },
    help: { type: "boolean", short: "h" },
  },
});

if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}

const level = mutationLevels.find(
  (each) => each === (values.level ?? (values.mutate === undefined ? "none" : "locators")),
);
if (!level) throw new Error(`--level is one of ${mutationLevels.join(", ")}`);

const practice = await startPractice({
  dir: values.dir,
  port: Number(values.port ?? 0),
  controlPort: Number(values["control-port"] ?? 0),
  mutation: { level, seed: values.mutate ?? "" },
  ...(values.deploy === undefined ? {} : { seed: values.deploy }),
});

const { port, controlPort, ledgerPid } = practice;
process.stdout.write(
  `${JSON.stringify({ port, controlPort, ledgerPid, pid: process.pid, resolverRules: practice.resolverRules() })}\n`,
);

const close = () => {
  practice.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`practice: could not stop cleanly: ${String(error)}\n`);
      process.exit(1);
    },
  );
};
process.once("SIGINT", close);
process.once("SIGTERM", close);
