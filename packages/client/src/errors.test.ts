import { CataloguedError } from "@copane/protocol";
import { expect, test } from "vitest";
import { notJoined, unanswered } from "./errors.ts";

test("errors found here are those of the catalogue", () => {
  expect(notJoined().toBody()).toEqual(new CataloguedError("NOT_JOINED").toBody());
  const { message } = new CataloguedError("INTERNAL");
  expect(unanswered(message).toBody()).toEqual(new CataloguedError("INTERNAL").toBody());
});
