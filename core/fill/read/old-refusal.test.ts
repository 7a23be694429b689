/** A form that still says what it said of the press before. */
import { expect, it } from "vitest";
import { runPhaseIn } from "../testing/drive.ts";
import { field, planOf, press, useSmallPages } from "../testing/small-pages.ts";

const { page, pages, open } = useSmallPages();
const publish = press("Publish", { any: [{ visible: [{ by: "css", css: "#done" }] }] });
const plan = planOf([field("Title", "Lamp")], [publish]);

/** @param then what the site does at the second press, beside leaving the old words where they are. */
const pressedAgain = async (then: string) => {
  pages["/"] =
    `<label>Title <input></label><button id=publish onclick="n += 1; n === 1 ? say() : again()">Publish</button>
    <p id=refused hidden></p><p id=done hidden>Live</p><script>
      n = 0;
      say = () => { refused.textContent = "It could not be listed."; refused.hidden = false };
      again = () => { ${then} };</script>`;
  const host = await open();
  const { steps } = await runPhaseIn(host, plan);
  const submit = {
    phase: "submit" as const,
    reports: steps,
    deadlineMs: 600,
    permit: () => Promise.resolve(true),
  };
  const outcome = async () => host.ask(await host.document(), "outcome", "none", 1_500);
  expect(await runPhaseIn(host, plan, submit)).toMatchObject({ kind: "pressed", by: "hawker" });
  expect(await outcome()).toEqual({ kind: "rejected", message: "It could not be listed." });
  await host.ask(await host.document(), "forgetSubmit", plan);
  const end = await runPhaseIn(host, plan, submit);
  expect(end).toMatchObject({ kind: "pressed", by: "hawker" });
  expect(await page().evaluate("n")).toBe(2);
  return outcome();
};

it("is not taken to have refused this press while its answer is on its way", async () => {
  expect(await pressedAgain("")).toMatchObject({ kind: "unknown" });
});

it("is heard when it lists it after all", async () => {
  expect(await pressedAgain("setTimeout(() => { done.hidden = false }, 1200)")).toMatchObject({
    kind: "listed",
  });
});

it("has refused it when it says so again, or says something else", async () => {
  const words = { kind: "rejected", message: "It could not be listed." };
  expect(await pressedAgain("refused.hidden = true; setTimeout(say, 100)")).toEqual(words);
  expect(await pressedAgain(`refused.textContent = "Too many photos."`)).toMatchObject({ kind: "rejected" });
});
