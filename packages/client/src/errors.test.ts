import { CataloguedError, errorBody } from "@copane/protocol";
import { expect, test } from "vitest";
import { notJoined, privacyUnusable, unanswered } from "./errors.ts";

test("errors found here are those of the catalogue", () => {
  expect(errorBody(notJoined())).toEqual(errorBody(new CataloguedError("NOT_JOINED")));
  expect(errorBody(privacyUnusable())).toEqual(errorBody(new CataloguedError("PRIVACY_UNUSABLE")));
  const { message } = new CataloguedError("INTERNAL");
  expect(errorBody(unanswered(message))).toEqual(errorBody(new CataloguedError("INTERNAL")));
});
