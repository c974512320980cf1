import { fileWithoutSecrets, linkWithoutSecrets } from "../../privacy/addresses.ts";
import * as dom from "../dom.ts";
import type { DocumentMode } from "./mode.ts";
import * as Mode from "./mode.ts";

/** Doctypes for limited quirks. */
const limited = /^-\/\/W3C\/\/DTD X?HTML (?:1\.0|4\.01) (?:Frameset|Transitional)\/\//i;

/** The mode that a document is shown in. */
export function modeOf(document: Document): DocumentMode {
  if (dom.compatMode(document) !== "CSS1Compat") return Mode.quirks;
  const doctype = dom.doctype(document);
  return doctype && limited.test(dom.publicId(doctype)) ? Mode.limitedQuirks : Mode.standards;
}

/** Where relative addresses of a document start, without what could hold a secret: they do not need the last part. */
export function baseUrlOf(document: Document): string {
  const [, folder = "", page = ""] = /^([^?#]*\/)([^?#]*)/.exec(dom.baseURI(document)) ?? [];
  return fileWithoutSecrets(folder) + linkWithoutSecrets(page);
}
