import { describe, expect, it, vi } from "vitest";
import type { PageTurn, PhaseResult, StepReport, Told } from "../../plan/index.ts";
import { Conversation, type Line } from "./conversation.ts";

const told = (id: string): Told => ({ index: 0, total: 3, step: { id } as StepReport });
const idsOf = (turn: PageTurn): string[] => turn.told.map(({ step }) => step.id);
const COMPLETE: PhaseResult = { kind: "complete", steps: [] };
const ok = { ok: true };

/** A page whose work is done by hand. */
const begin = () => {
  const conversation = new Conversation();
  const end = Promise.withResolvers<PhaseResult>();
  let line!: Line;
  const first = conversation.start((given) => {
    line = given;
    return end.promise;
  });
  return { conversation, first, line, end };
};

describe("what a page has to tell its host", () => {
  it("waits for nobody, and is heard before what is asked next", async () => {
    const { conversation, first, line } = begin();
    line.tell(told("title"));
    line.tell(told("price"));
    void line.ask({ kind: "needPhoto", photoId: "one" });
    const turn = await first;
    expect([turn.kind, idsOf(turn)]).toEqual(["needPhoto", ["title", "price"]]);
    line.tell(told("photos"));
    const next = conversation.reply(turn.id, ok);
    void line.ask({ kind: "progress" });
    expect(idsOf(await next)).toEqual(["photos"]);
  });

  it("is told soon where nothing is asked, also when the host was thinking when it came", async () => {
    vi.useFakeTimers();
    try {
      const { conversation, first, line } = begin();
      line.tell(told("title"));
      await vi.runAllTimersAsync();
      const turn = await first;
      expect([turn.kind, idsOf(turn)]).toEqual(["progress", ["title"]]);
      line.tell(told("price"));
      await vi.runAllTimersAsync();
      const next = conversation.reply(turn.id, ok);
      await vi.runAllTimersAsync();
      expect(idsOf(await next)).toEqual(["price"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("comes with the end", async () => {
    const { first, line, end } = begin();
    line.tell(told("title"));
    end.resolve(COMPLETE);
    expect(await first).toMatchObject({ kind: "finished", told: [told("title")] });
  });
});

describe("while the host thinks about a turn", () => {
  const thinking = async () => {
    const page = begin();
    const answered = page.line.ask({ kind: "progress" });
    return { ...page, turn: await page.first, answered };
  };

  it("a question waits for its answer", async () => {
    const { conversation, line, turn } = await thinking();
    void line.ask({ kind: "needPermit" });
    expect(await conversation.reply(turn.id, ok)).toMatchObject({ kind: "needPermit" });
  });

  it("the end takes the place of what was being asked, and nothing is asked after it", async () => {
    const { conversation, line, turn, end } = await thinking();
    void line.ask({ kind: "needPermit" });
    end.resolve({ kind: "pressed", by: "person", steps: [] });
    await end.promise;
    await Promise.resolve();
    void line.ask({ kind: "needPermit" });
    expect(await conversation.reply(turn.id, ok)).toMatchObject({
      kind: "finished",
      result: { by: "person" },
    });
  });

  it("a failure reaches it with its answer", async () => {
    const { conversation, turn, end } = await thinking();
    end.reject(new Error("stopped"));
    await end.promise.catch(() => undefined);
    await expect(conversation.reply(turn.id, ok)).rejects.toThrow("stopped");
  });

  it("an answer to another turn is refused", async () => {
    const { conversation, turn } = await thinking();
    expect(() => conversation.reply(turn.id + 1, ok)).toThrow("No turn");
  });
});
