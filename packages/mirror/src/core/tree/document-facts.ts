import { fileWithoutSecrets, linkWithoutSecrets } from "../../privacy/addresses.ts";
import * as dom from "../dom.ts";

/** Whether a document is shown in standards mode. */
export function isStandard(document: Document): boolean {
  return dom.compatMode(document) === "CSS1Compat";
}

/** Where relative addresses of a document start, without what could hold a secret: they do not need the last part. */
export function baseUrlOf(document: Document): string {
  const [, folder = "", page = ""] = /^([^?#]*\/)([^?#]*)/.exec(dom.baseURI(document)) ?? [];
  return fileWithoutSecrets(folder) + linkWithoutSecrets(page);
}
