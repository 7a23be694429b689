import { expect, it } from "vitest";
import { problemLines } from "./photos-panel.tsx";

it("twelve photos too many are told once, by name", () => {
  const message = "An item holds at most 24 photos. Remove some first.";
  const files = Array.from({ length: 12 }, (_, i) => ({ name: `IMG_${i}.jpg`, message }));
  expect(problemLines(files)).toEqual([`IMG_0.jpg, IMG_1.jpg, and 10 more: ${message}`]);
  expect(problemLines(files.slice(0, 1))).toEqual([`IMG_0.jpg: ${message}`]);
  expect(problemLines([{ name: "a.svg", message: "a.svg is no photo." }])).toEqual(["a.svg is no photo."]);
});
