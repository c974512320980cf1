import { withoutSecrets } from "../../privacy/addresses.ts";
import { maskedAttribute } from "../../privacy/masked-attributes.ts";
import type { Privacy } from "../../privacy/verdict.ts";
import * as dom from "../dom.ts";
import { namesParts, withLocalParts } from "./local-parts.ts";
import { sanitiseAttribute } from "./sanitise.ts";
import type { Namespace } from "./wire.ts";

/** Kinds of input whose `value` attribute is their label or their name, not something the customer typed. */
const labelled = new Set(["submit", "button", "reset", "checkbox", "radio"]);

/**
 * The value of an attribute as it may leave the browser, or undefined when it may not. Form state is
 * left out: it travels as properties.
 */
export function outgoingAttribute(
  element: Element,
  namespace: Namespace,
  name: string,
  value: string,
  masked: boolean,
  privacy: Privacy,
): string | undefined {
  const allowed = masked ? maskedAttribute(element, name, value, privacy) : value;
  if (allowed === undefined) return undefined;
  const tag = dom.localName(element);
  if (tag === "input") {
    if (name === "value" && !labelled.has(dom.getAttribute(element, "type")?.toLowerCase() ?? ""))
      return undefined;
  } else if (tag === "img" && (name === "src" || name === "srcset") && isStillLazy(element)) return undefined;
  let outgoing = sanitiseAttribute(namespace, tag, name, allowed);
  if (outgoing && tag === "source" && name === "media") outgoing = asHere(outgoing, element);
  if (outgoing?.includes("#") && namesParts(namespace, tag, name))
    outgoing = withLocalParts(outgoing, element);
  if (masked || outgoing === undefined) return outgoing;
  return privacy.redactAttribute(element, name, withoutSecrets(tag, name, outgoing));
}

/**
 * A lazy picture that the customer's browser has not begun to load: the agent's, where no script may run, would
 * load it at once and lay the page out otherwise. Its address follows when it has loaded.
 */
function isStillLazy(element: Element): boolean {
  const loading = dom.loading(element as HTMLImageElement);
  const complete = dom.complete(element as HTMLImageElement);
  const currentSrc = dom.currentSrc(element as HTMLImageElement);
  return loading === "lazy" && !complete && currentSrc === "";
}

const ofBrowser =
  /\((?:prefers-|scripting|forced-colors|(?:any-)?(?:hover|pointer)|(?:m(?:in|ax)-)?(?:device-|resolution))[^()]*\)/gi;

/** A picture is chosen by what holds in the customer's browser, where the agent's may differ. */
function asHere(media: string, source: Element): string {
  const view = dom.viewOf(source);
  return media.replace(ofBrowser, (query) =>
    view && dom.matchMedia(view, query).matches ? "(min-width: 0px)" : "(max-width: 0px)",
  );
}

const none: readonly string[] = [];

/** Flat name, value pairs of what may leave the browser. */
export function outgoingAttributes(
  element: Element,
  namespace: Namespace,
  masked: boolean,
  privacy: Privacy,
): readonly string[] {
  if (!dom.hasAttributes(element)) return none;
  const pairs: string[] = [];
  // By name: walking `attributes` would make a node of each.
  for (const name of dom.getAttributeNames(element)) {
    const value = dom.getAttribute(element, name) ?? "";
    const outgoing = outgoingAttribute(element, namespace, name, value, masked, privacy);
    if (outgoing !== undefined) pairs.push(name, outgoing);
  }
  // A sheet that does not say how it is encoded is read as its document is, and that of a replica is another.
  if (dom.localName(element) === "link" && !dom.hasAttribute(element, "charset")) {
    const characterSet = dom.characterSet(dom.ownerDocument(element) as Document);
    if (characterSet !== "UTF-8") pairs.push("charset", characterSet);
  }
  return pairs;
}

/** A box of the same size in place of an element that must not be seen. */
export function placeholderAttributes(
  element: Element,
  reason: "block" | "hide" | "unsupported" | "embedded",
  privacy: Privacy,
): string[] {
  const box = dom.getBoundingClientRect(element);
  const view = dom.viewOf(element);
  const computed = view && dom.getComputedStyle(view, element);
  const display = computed?.display ?? "inline-block";
  const style =
    display === "none"
      ? "display:none"
      : `box-sizing:border-box;display:${display === "inline" ? "inline-block" : display};width:${round(box.width)}px;` +
        `height:${round(box.height)}px;float:${computed?.float};margin:${computed?.margin};` +
        `position:${computed?.position};inset:${computed?.inset};border:${computed?.border || "0"}`;
  const pairs = ["data-copane-placeholder", reason, "style", style];
  for (const name of ["class", "slot", "colspan", "rowspan"]) {
    const value = dom.getAttribute(element, name);
    const outgoing = value === null ? undefined : maskedAttribute(element, name, value, privacy);
    if (outgoing !== undefined) pairs.push(name, outgoing);
  }
  return pairs;
}

function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
