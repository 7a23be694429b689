/** `npm run new:marketplace -- ID`: starts a marketplace folder. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { idProblem, nextSteps, scaffold } from "./scaffold.ts";

const HELP = `npm run new:marketplace -- ID [--name NAME] [--host HOST]

Writes marketplaces/ID with every file a marketplace has, as open questions: the compiler names what is missing.
  ID       3 to 20 small letters and digits, such as depop
  --name   as sellers know it (default: ID with a capital)
  --host   of its form (default: www.ID.com)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { name: { type: "string" }, host: { type: "string" }, help: { type: "boolean", short: "h" } },
});
const [id] = positionals;
if (values.help || !id) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}
const root = import.meta.dirname;
const taken = (await readdir(root, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const problem = idProblem(id, taken);
if (problem) {
  console.error(problem);
  process.exit(2);
}
const folder = {
  id,
  name: values.name ?? id.charAt(0).toUpperCase() + id.slice(1),
  host: values.host ?? `www.${id}.com`,
};
await mkdir(path.join(root, id, "fixtures"), { recursive: true });
for (const [file, text] of Object.entries(scaffold(folder))) {
  await writeFile(path.join(root, id, file), text);
  console.log(`wrote marketplaces/${id}/${file}`);
}
console.log(`\n${nextSteps(folder)}`);
