import * as Item from "../codec/item.ts";
import * as dom from "../dom.ts";
import type { Namespace } from "./wire.ts";

/** An address of CSS; a bracket in it ends it, so that no text is read twice. */
const addresses = /url\(([^()]*)\)/g;

/** Addresses that documents have had: what was found by one of them stays found. */
const former = new WeakMap<Document, Set<string>>();

/** Whether an attribute may name parts of its page, of which it shows something: gradients, clips, symbols. */
export function namesParts(namespace: Namespace, tag: string, name: string): boolean {
  return name === "style" || (namespace === Item.svg && tag !== "a");
}

/** An attribute or CSS in which parts of the page itself are named as such: a replica has another address. */
export function withLocalParts(value: string, node: Node): string {
  if (!value.includes("#")) return value;
  const document = dom.ownerDocument(node);
  if (!document) return value;
  const urls = former.get(document) ?? new Set<string>();
  former.set(document, urls.add(withoutPart(dom.documentUrl(document))));
  const baseURI = dom.baseURI(node);
  const isPage = (address: string) => {
    try {
      return urls.has(withoutPart(new URL(address, baseURI).href));
    } catch {
      return false;
    }
  };
  if (value.includes("url(")) {
    return value.replace(addresses, (whole, written: string) => {
      const text = written.trim().replace(/^["']|["']$/g, "");
      const at = text.indexOf("#");
      return at > 0 && isPage(text.slice(0, at)) ? `url("${text.slice(at)}")` : whole;
    });
  }
  const [, address, part] = /^\s*([^\s#;{]+)(#\S+)\s*$/.exec(value) ?? [];
  return address && part && isPage(address) ? part : value;
}

function withoutPart(url: string): string {
  const part = url.indexOf("#");
  return part < 0 ? url : url.slice(0, part);
}
