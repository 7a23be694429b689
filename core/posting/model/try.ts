import { hunt, shrunk } from "./hunt.ts";
import { mutated } from "./mutate.ts";
import { MUTANTS } from "./mutants.ts";
const only = process.argv[2];
const n = Number(process.argv[3] ?? 2000);
const show = process.argv[4];
for (const m of MUTANTS) {
  if (only && only !== "all" && !m.name.includes(only)) continue;
  const t0 = Date.now();
  let play;
  try {
    play = await mutated(m);
  } catch (e) {
    console.log("BROKEN", m.name, String(e).slice(0, 300));
    continue;
  }
  const h = await hunt(play, { histories: n, seed: 7, force: m.world, until: m.seen });
  const ok = m.seen.some((k) => h.found.has(k));
  console.log(
    ok ? "caught" : "MISSED",
    h.histories,
    m.name,
    JSON.stringify([...h.found].map(([k, v]) => [k, v.count])),
    Date.now() - t0,
    "ms",
  );
  if (show)
    for (const k of h.found.keys())
      if (show === "*" || k === show) {
        const s = await shrunk(play, h.found.get(k)!.tape, k, m.world);
        console.log((await play(s, m.world, true)).story.slice(0, 60).join("\n"));
        break;
      }
}
