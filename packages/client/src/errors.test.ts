import { CataloguedError } from "@copane/protocol";
import { expect, test } from "vitest";
import { notJoined, privacyUnusable, unanswered } from "./errors.ts";

test("errors found here are those of the catalogue", () => {
  expect(notJoined().toBody()).toEqual(new CataloguedError("NOT_JOINED").toBody());
  expect(privacyUnusable().toBody()).toEqual(new CataloguedError("PRIVACY_UNUSABLE").toBody());
  const { message } = new CataloguedError("INTERNAL");
  expect(unanswered(message).toBody()).toEqual(new CataloguedError("INTERNAL").toBody());
});
