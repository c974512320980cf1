import type { MirrorFrame } from "@copane/protocol";
import * as Item from "../core/codec/item.ts";
import type { MirrorVisitor } from "../core/codec/reader.ts";
import {
  type Asset,
  type FontKey,
  type MediaState,
  type PixelPatch,
  type PlayState,
  Pseudo,
  type TopLayer,
} from "../core/codec/types.ts";
import type { Namespace } from "../core/codec/writer.ts";
import { isStyle } from "../core/node-types.ts";
import { OWN, ReplicaNodes } from "../core/tree/replica-nodes.ts";
import { isFrame, mirroredTag, sanitiseAttribute } from "../core/tree/sanitise.ts";
import { ReplicaBackgrounds } from "../features/assets/backgrounds.ts";
import { type AssetStore, ReplicaAssets } from "../features/assets/replica.ts";
import { ReplicaDefinitions } from "../features/definitions/replica.ts";
import { ReplicaState } from "../features/forms/replica.ts";
import { ReplicaPlayback } from "../features/media/replica.ts";
import { ReplicaPictures } from "../features/pictures/replica.ts";
import { ReplicaTexts } from "../features/style-texts/replica.ts";
import type { TextStore } from "../features/style-texts/text-store.ts";
import { isSheetOwner, ReplicaStyles } from "../features/styles/replica.ts";
import { PICTURE, stateAttributes } from "../features/styles/selectors.ts";
import { FRAME_PLACEHOLDER, FRAME_SANDBOX, writeShell } from "./shell.ts";

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

/** What a page of the replica tells its surroundings. */
export interface PageEvents {
  page(url: string, title: string): void;
  viewport(width: number, height: number, clientWidth: number): void;
  cursor(x: number, y: number): void;
  ready(): void;
  /** A document of this page stands, still empty. */
  document(document: Document): void;
  font(keys: readonly FontKey[], bytes: Uint8Array): void;
  /** A font that this browser has from earlier. */
  knownFont(keys: readonly FontKey[], hash: string): void;
  /** Something this browser cannot load or read. */
  wanted(wanted: { id: number; asset: Asset }[]): void;
  /** Subtrees compared with the customer's, and how many of them had to be repaired. */
  fidelity(compared: number, repaired: number): void;
  /** This part of the page has drifted somewhere. */
  compare(id: number): void;
  /** A frame of the stream of a page of another origin. */
  frame(id: number, number: number, frame: MirrorFrame): void;
  /** The stream names a node this page does not have: it lost its place. */
  lost(): void;
}

/**
 * Builds one document from mirror operations. Nothing in the stream is trusted: tags, attributes and
 * addresses pass the same allowlist as at the capture side, unknown ids are ignored.
 */
export class PageBuilder implements MirrorVisitor {
  readonly nodes: ReplicaNodes;
  readonly #document: Document;
  readonly #events: PageEvents;
  readonly #styles: ReplicaStyles;
  readonly #texts: ReplicaTexts;
  readonly #state: ReplicaState;
  readonly #assets: ReplicaAssets;
  readonly #backgrounds: ReplicaBackgrounds;
  readonly #pictures: ReplicaPictures;
  readonly #playback: ReplicaPlayback;
  readonly #definitions = new ReplicaDefinitions();
  /** Where items go: innermost last. Undefined: the surroundings are unknown, so items are read and dropped. */
  readonly #stack: (ParentNode & Node)[] = [];
  /** Depth of items being dropped. */
  #dropping = 0;
  #before: Node | null = null;
  readonly #bases = new Map<Document, HTMLBaseElement>();
  readonly #modes = new WeakSet<Document>();
  #baseUrl = "";
  #edits = 0;

  constructor(document: Document, events: PageEvents, store: AssetStore, texts: TextStore) {
    this.#document = document;
    this.#events = events;
    this.nodes = new ReplicaNodes(document);
    this.#assets = new ReplicaAssets(this.nodes, store, (wanted) => events.wanted(wanted));
    this.#styles = new ReplicaStyles(this.nodes, texts, this.#assets.ask);
    this.#texts = new ReplicaTexts(this.nodes, texts, (wanted) => events.wanted(wanted));
    this.#backgrounds = new ReplicaBackgrounds({
      nodes: this.nodes,
      store,
      ask: this.#assets.ask,
      sheet: (inner) => this.#styles.ownSheet(inner),
    });
    this.#pictures = new ReplicaPictures(this.nodes);
    this.#playback = new ReplicaPlayback(this.nodes);
    this.#state = new ReplicaState(this.nodes, document);
    this.#shell(document, true);
  }

  /** After a batch of operations: what needs the finished layout. */
  settle(): void {
    this.#texts.ask();
    this.#state.settle();
  }

  /** How many operations changed its nodes, their texts or attributes. */
  get edits(): number {
    return this.#edits;
  }

  /** Whether the texts of its styles are here. */
  get styled(): boolean {
    return this.#texts.complete;
  }

  /** Scroll positions again: something changed size after they were set. */
  settleScroll(): void {
    this.#state.settleScroll();
  }

  /** Whether scroll positions are the customer's. */
  setFollowing(on: boolean): void {
    this.#state.setFollowing(on);
  }

  destroy(): void {
    this.#styles.destroy();
    this.#state.destroy();
    this.#assets.destroy();
    this.#pictures.destroy();
    this.#backgrounds.destroy();
  }

  startPlace(parent: number, before: number): void {
    this.#edits++;
    const node = this.nodes.get(parent) as (ParentNode & Node) | undefined;
    const next = before ? this.nodes.get(before) : null;
    if (node === undefined || next === undefined || (next !== null && next.parentNode !== node)) {
      this.#events.lost();
      this.#dropping = 1;
      return;
    }
    this.#stack.push(node);
    this.#before = next;
  }

  move(id: number): void {
    if (this.#dropping) return;
    const node = this.nodes.get(id);
    if (node === undefined) this.#events.lost();
    else this.#insert(node);
  }

  element(namespace: Namespace, id: number, tag: string, attributes: readonly string[], open: boolean): void {
    if (this.#dropping) {
      if (open) this.#dropping++;
      return;
    }
    const parent = this.#stack.at(-1);
    if (parent?.nodeType === Node.DOCUMENT_NODE && !this.#modes.has(parent as Document)) {
      // No doctype came first: the page is in quirks mode.
      this.#shell(parent as Document, false);
    }
    const element = this.#create(namespace, mirroredTag(namespace, tag));
    for (let i = 0; i < attributes.length; i += 2) {
      setAttribute(element, namespace, attributes[i] as string, attributes[i + 1] as string);
    }
    if (isFrame(element.localName)) {
      element.setAttribute("sandbox", FRAME_SANDBOX);
      // Its document would follow: the customer's page may not read it either.
      if (!open) element.setAttribute(FRAME_PLACEHOLDER, "frame");
    }
    this.nodes.set(id, element);
    this.#insert(element);
    if (parent?.nodeType === Node.DOCUMENT_NODE) this.#addBase(parent as Document, element);
    this.#backgrounds.look(element);
    if (isSheetOwner(element)) this.#styles.touched();
    else if (element.localName === "use") this.#assets.reference(element);
    if (element.hasAttribute(PICTURE)) this.#pictures.blank(element);
    if (open) this.#stack.push(element);
  }

  textNode(id: number, text: string): void {
    if (this.#dropping) return;
    const node = this.#document.createTextNode(text);
    this.nodes.set(id, node);
    this.#insert(node);
    if (isStyle(node.parentNode)) this.#texts.came(id, text);
  }

  shadowRoot(id: number): void {
    const host = this.#dropping ? undefined : (this.#stack.at(-1) as Element | undefined);
    const root = host && attachShadow(host);
    if (root === undefined) {
      this.#dropping++;
      return;
    }
    this.nodes.set(id, root);
    this.#styles.addRoot(root);
    this.#stack.push(root);
  }

  document(id: number, baseUrl: string): void {
    const frame = this.#dropping ? undefined : this.#stack.at(-1);
    const inner = frame && (frame as HTMLIFrameElement).contentDocument;
    if (!inner) {
      this.#dropping++;
      return;
    }
    this.#modes.delete(inner);
    this.#shell(inner, true);
    this.#bases.set(inner, baseElement(inner, baseUrl));
    this.nodes.set(id, inner);
    this.#stack.push(inner);
  }

  doctype(_id: number, standards: boolean): void {
    const parent = this.#stack.at(-1);
    if (this.#dropping || parent?.nodeType !== Node.DOCUMENT_NODE) return;
    if (!standards) this.#shell(parent as Document, false);
    this.#modes.add(parent as Document);
  }

  end(): void {
    if (this.#dropping) this.#dropping--;
    else this.#stack.pop();
  }

  remove(id: number): void {
    this.#edits++;
    const node = this.nodes.get(id);
    if (node === undefined) return;
    this.nodes.drop(node);
    this.#styles.touched();
  }

  setAttribute(id: number, name: string, value: string): void {
    this.#edits++;
    const element = this.#element(id);
    if (!element) return;
    setAttribute(element, namespaceItem(element), name, value);
    if (/^(class|style|id|poster)$/.test(name)) this.#backgrounds.look(element);
    if (element.localName === "link") this.#styles.touched();
    else if (element.hasAttribute(PICTURE)) this.#pictures.blank(element);
    else if (element.localName === "use") this.#assets.reference(element);
  }

  removeAttribute(id: number, name: string): void {
    this.#edits++;
    this.#element(id)?.removeAttribute(name);
  }

  text(id: number, text: string): void {
    this.#edits++;
    const node = this.nodes.get(id);
    if (node?.nodeType === Node.TEXT_NODE) {
      (node as Text).data = text;
      if (!isStyle(node.parentNode)) return;
      this.#texts.came(id, text);
      this.#styles.touched();
    } else this.#events.lost();
  }

  knownText(id: number, hash: string): void {
    if (isSheetOwner(this.nodes.get(id))) {
      this.#styles.knownAside(id, hash);
      return;
    }
    const text = this.#texts.find(id, hash);
    if (text === undefined) return;
    if (this.nodes.get(id)) this.text(id, text);
    else this.sheetText(id, text);
  }

  value(id: number, value: string): void {
    this.#state.value(id, value);
  }

  checked(id: number, checked: boolean, indeterminate: boolean): void {
    this.#state.checked(id, checked, indeterminate);
  }

  selected(id: number, indices: readonly number[]): void {
    this.#state.selected(id, indices);
  }

  scroll(id: number, left: number, top: number): void {
    this.#state.scroll(id, left, top);
  }

  viewport(width: number, height: number, clientWidth: number): void {
    this.#events.viewport(width, height, clientWidth);
  }

  cursor(x: number, y: number): void {
    this.#events.cursor(x, y);
  }

  pseudo(kind: Pseudo, id: number): void {
    const { hover, active, focus, focusVisible, focusWithin, target, fullscreen } = stateAttributes;
    switch (kind) {
      case Pseudo.hover:
        this.#state.mark(hover, id, true);
        break;
      case Pseudo.active:
        this.#state.mark(active, id, true);
        break;
      case Pseudo.focus:
        this.#state.mark(focus, id, false);
        this.#state.mark(focusWithin, id, true);
        break;
      case Pseudo.focusVisible:
        this.#state.mark(focusVisible, id, false);
        break;
      case Pseudo.target:
        this.#state.mark(target, id, false);
        break;
      case Pseudo.fullscreen:
        this.#state.mark(fullscreen, id, false);
        break;
    }
  }

  selection(anchor: number, anchorOffset: number, focus: number, focusOffset: number): void {
    this.#state.selection(anchor, anchorOffset, focus, focusOffset);
  }

  get selectedText(): string {
    return this.#state.selectedText;
  }

  page(url: string, baseUrl: string, title: string): void {
    this.#baseUrl = baseUrl;
    const base = this.#bases.get(this.#document);
    if (base) base.href = httpUrl(baseUrl);
    this.#events.page(url, title);
  }

  sheetText(id: number, text: string): void {
    if (!this.nodes.get(id)) this.#texts.came(id, text);
    this.#styles.text(id, text);
    this.#restyled(text);
  }

  sheetInsert(id: number, index: number, rule: string): void {
    this.#styles.insert(id, index, rule);
    this.#restyled(rule);
  }

  sheetDelete(id: number, index: number): void {
    this.#styles.delete(id, index);
  }

  sheetState(id: number, disabled: boolean, media: string): void {
    this.#styles.state(id, disabled, media);
  }

  adopt(root: number, sheets: readonly number[]): void {
    this.#styles.adopt(root, sheets);
    this.#backgrounds.again();
  }

  image(id: number, width: number, height: number, type: string, bytes: Uint8Array): void {
    this.#pictures.image(id, width, height, type, bytes);
  }

  pixels(id: number, patch: PixelPatch): void {
    this.#pictures.pixels(id, patch);
  }

  topLayer(id: number, state: TopLayer): void {
    this.#state.topLayer(id, state);
  }

  ready(): void {
    this.#events.ready();
  }

  font(keys: readonly FontKey[], bytes: Uint8Array): void {
    this.#events.font(keys, bytes);
  }

  knownFont(keys: readonly FontKey[], hash: string): void {
    this.#events.knownFont(keys, hash);
  }

  environment(bits: number): void {
    if (this.#document.defaultView) this.#styles.environment(bits, this.#document.defaultView);
  }

  controlState(id: number, bits: number): void {
    this.#state.controlState(id, bits);
  }

  define(tag: string): void {
    this.#definitions.define(tag);
  }

  sheetAside(id: number, css: string): void {
    this.#styles.aside(id, css);
  }

  asset(id: number, kind: Asset, type: string, last: boolean, bytes: Uint8Array): void {
    const file = this.#assets.receive(id, kind, type, last, bytes);
    if (file) this.#backgrounds.receive(id, kind, file);
  }

  media(id: number, state: MediaState): void {
    this.#playback.media(id, state);
  }

  animation(id: number, number: number, play: PlayState, timeMs: number, rate: number, spec: string): void {
    this.#playback.animation(id, number, play, timeMs, rate, spec);
  }

  states(id: number, names: readonly string[]): void {
    const element = this.nodes.element(id);
    if (element) this.#definitions.states(element, names);
  }

  fidelity(compared: number, repaired: number): void {
    this.#events.fidelity(compared, repaired);
  }

  compare(id: number): void {
    this.#events.compare(id);
  }

  frame(id: number, number: number, frame: MirrorFrame): void {
    this.#events.frame(id, number, frame);
  }

  #element(id: number): Element | undefined {
    const element = this.nodes.element(id);
    if (element === undefined) this.#events.lost();
    return element;
  }

  #restyled(css: string): void {
    if (css.includes("url(")) this.#backgrounds.again();
  }

  /** Puts a node where the innermost open item is: before the anchor only at the place's own level. */
  #insert(node: Node): void {
    const parent = this.#stack.at(-1) as Node;
    const before = this.#stack.length === 1 ? this.#before : null;
    if (before === node || node.contains(parent)) return;
    if (node.parentNode === parent && node.nextSibling === before && before !== null) return;
    // A document takes one element only; a hostile or odd page may name more.
    if (parent.nodeType === Node.DOCUMENT_NODE) {
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      const former = (parent as Document).documentElement;
      if (former && former !== node) former.remove();
      parent.appendChild(node);
      return;
    }
    parent.insertBefore(node, before);
  }

  #create(namespace: Namespace, tag: string): Element {
    if (namespace === Item.svg) return this.#document.createElementNS(SVG, tag);
    if (namespace === Item.mathml) return this.#document.createElementNS(MATHML, tag);
    // Where no script may run, browsers show a canvas's fallback content; a picture stands in for it.
    if (tag !== "canvas") return createElement(this.#document, tag);
    const picture = this.#document.createElement("img");
    picture.setAttribute(PICTURE, "");
    return picture;
  }

  #shell(document: Document, standards: boolean): void {
    writeShell(document, standards);
    this.#styles.addRoot(document);
    this.#state.listen(document);
    this.#assets.listen(document);
    this.#definitions.document(document);
    const loaded = ({ target }: Event) => {
      this.#styles.touched();
      if (/^(link|style)$/.test((target as Element).localName)) this.#backgrounds.again();
    };
    document.addEventListener("load", loaded, { capture: true });
    this.#events.document(document);
  }

  #addBase(document: Document, root: Element): void {
    const base = this.#bases.get(document) ?? baseElement(document, this.#baseUrl);
    this.#bases.set(document, base);
    root.prepend(base);
  }
}

function baseElement(document: Document, url: string): HTMLBaseElement {
  const base = document.createElement("base");
  base.setAttribute(OWN, "");
  base.href = httpUrl(url);
  return base;
}

/** Parsers take names (`int,string`) that some browsers do not take from scripts: any unknown element shows the same. */
function createElement(document: Document, tag: string): Element {
  try {
    return document.createElement(tag);
  } catch {
    return document.createElement("copane-unknown");
  }
}

/** Only addresses of the web may be a base. */
function httpUrl(url: string): string {
  return /^https?:/i.test(url) ? url : "about:blank";
}

function setAttribute(element: Element, namespace: Namespace, name: string, value: string): void {
  const safe = sanitiseAttribute(namespace, element.localName, name, value);
  if (safe === undefined) return;
  // A canvas's size is what it is by itself; an image's attributes would be styles.
  if (element.hasAttribute(PICTURE) && (name === "width" || name === "height")) {
    element.setAttribute(`${PICTURE}-${name}`, safe);
    return;
  }
  if (name === "checked" || name === "selected") keepState(element as Stateful, name);
  try {
    if (name.startsWith("xlink:")) element.setAttributeNS("http://www.w3.org/1999/xlink", name, safe);
    else element.setAttribute(name, safe);
  } catch {
    // A name that this browser's parser accepts in markup but not here: the page looks right without it.
  }
}

type Stateful = Element & { checked?: boolean; selected?: boolean };

/** How a control began is for stylesheets alone: once its state is set, it does not follow the attribute. */
function keepState(control: Stateful, name: "checked" | "selected"): void {
  const state = control[name];
  if (state !== undefined) control[name] = state;
}

function attachShadow(host: Element): ShadowRoot | undefined {
  try {
    return host.shadowRoot ?? host.attachShadow({ mode: "open" });
  } catch {
    return undefined;
  }
}

function namespaceItem(element: Element): Namespace {
  if (element.namespaceURI === SVG) return Item.svg;
  return element.namespaceURI === MATHML ? Item.mathml : Item.html;
}
