import { CataloguedError, errorBody } from "@copane/protocol";
import { expect, test } from "vitest";
import {
  mirrorFailed,
  notJoined,
  originNotAllowed,
  partMissing,
  privacyUnusable,
  unanswered,
} from "./errors.ts";

test("errors found here are those of the catalogue", () => {
  expect(errorBody(notJoined())).toEqual(errorBody(new CataloguedError("NOT_JOINED")));
  expect(errorBody(privacyUnusable())).toEqual(errorBody(new CataloguedError("PRIVACY_UNUSABLE")));
  expect(errorBody(originNotAllowed())).toEqual(errorBody(new CataloguedError("ORIGIN_NOT_ALLOWED")));
  expect(errorBody(mirrorFailed())).toEqual(errorBody(new CataloguedError("MIRROR_FAILED")));
  expect(errorBody(partMissing())).toEqual(errorBody(new CataloguedError("PART_MISSING")));
  const { message } = new CataloguedError("INTERNAL");
  expect(errorBody(unanswered(message))).toEqual(errorBody(new CataloguedError("INTERNAL")));
});
