import { Spectral } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { describe, expect, it } from "vitest";
import {
  accountSchema,
  answerRequestSchema,
  connectRequestSchema,
  createJobRequestSchema,
  jobSchema,
} from "#core/api/index.ts";
import {
  accountExample,
  answerExample,
  askedJobExample,
  connectExample,
  createJobExample,
  jobExample,
} from "../routes/examples.ts";
import { documentFrom } from "../testing/every-route.ts";

describe("the OpenAPI document", () => {
  it("when served by either runtime: the same", async () => {
    expect(await documentFrom("workerd")).toEqual(await documentFrom("node"));
  });

  it("when linted (Spectral's OpenAPI rules): nothing to say", async () => {
    const spectral = new Spectral();
    spectral.setRuleset({ extends: [oas as never] });
    const findings = await spectral.run(JSON.stringify(await documentFrom("node")));
    expect(findings.map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`)).toEqual([]);
  });

  it("when its examples are parsed: each fits its schema", () => {
    connectRequestSchema.parse(connectExample);
    createJobRequestSchema.parse(createJobExample);
    expect(answerRequestSchema.parse(answerExample)).toEqual(answerExample);
    for (const example of [jobExample, askedJobExample]) expect(jobSchema.parse(example)).toEqual(example);
    expect(accountSchema.parse(accountExample)).toEqual(accountExample);
  });
});
