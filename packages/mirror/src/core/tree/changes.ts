import { maskText } from "../../privacy/mask.ts";
import { mayName } from "../../privacy/masked-attributes.ts";
import { type Privacy, privacyAttributes } from "../../privacy/verdict.ts";
import type { MirrorWriter } from "../codec/writer.ts";
import * as dom from "../dom.ts";
import type { Budget } from "../flow/budget.ts";
import { ELEMENT, isStyle, TEXT } from "../node-types.ts";
import { POINTED } from "../own-parts.ts";
import { parentOrHost } from "../walk.ts";
import { outgoingAttribute } from "./attributes.ts";
import type { Discovery } from "./discovery.ts";
import { withLocalParts } from "./local-parts.ts";
import type { NodeRecord, NodeTable } from "./node-table.ts";
import { namespaceOf } from "./sanitise.ts";
import type { Walker } from "./walker.ts";
import {
  startPlace,
  writeEnd,
  writeRemove,
  writeRemoveAttribute,
  writeSetAttribute,
  writeText,
} from "./wire.ts";

/**
 * What differs between the page and the viewers, as sets of nodes rather than a log: however much a page
 * mutates between two flushes, this holds each node once, and a flush sends the newest state only.
 */
export class Changes {
  readonly #nodes: NodeTable;
  readonly #writer: MirrorWriter;
  readonly #budget: Budget;
  readonly #privacy: Privacy;
  /** Nodes whose place may have changed: inserted, moved, or to be sent anew. */
  readonly #dirty = new Set<Node>();
  readonly #removed = new Set<number>();
  readonly #attributes = new Map<Element, Set<string>>();
  readonly #text = new Set<CharacterData>();
  /** Nodes whose children came, went or moved. */
  readonly #parents = new Set<NodeRecord>();
  /** Components whose slots changed, or what may be seen in them. */
  readonly #hosts = new Set<Element>();
  /** Lists of suggestions that the viewers have: what may be seen of them is as their fields are. */
  readonly #lists = new Set<Element>();
  readonly #walker: Walker;
  readonly #discovery: Discovery;

  constructor(
    parts: { nodes: NodeTable; writer: MirrorWriter; budget: Budget; privacy: Privacy },
    walker: Walker,
    discovery: Discovery,
  ) {
    this.#nodes = parts.nodes;
    this.#writer = parts.writer;
    this.#budget = parts.budget;
    this.#privacy = parts.privacy;
    this.#walker = walker;
    this.#discovery = discovery;
  }

  beginEpoch(): void {
    this.#dirty.clear();
    this.#removed.clear();
    this.#attributes.clear();
    this.#text.clear();
    this.#parents.clear();
    this.#hosts.clear();
    this.#lists.clear();
  }

  /** Whether the viewers were sent all that is known to have changed. */
  get settled(): boolean {
    return this.#dirty.size + this.#removed.size + this.#attributes.size + this.#text.size === 0;
  }

  /** Sends the places of the children anew, and the attributes of an element. */
  replace(parent: Node): void {
    if (dom.nodeType(parent) === ELEMENT)
      this.touch(parent as Element, dom.getAttributeNames(parent as Element));
    for (const child of dom.childNodes(parent)) {
      this.#dirty.add(child);
      if (dom.nodeType(child) === TEXT) this.#text.add(child as Text);
    }
  }

  outgoingText(node: CharacterData, masked: boolean): string {
    const data = dom.data(node);
    if (masked) return maskText(data);
    return isStyle(dom.parentNode(node))
      ? this.#writer.redactStyle(withLocalParts(data, node))
      : this.#writer.redact(data);
  }

  /** A node reached the viewers where it stands now. */
  placed(node: Node): void {
    if (this.#dirty.size) this.#dirty.delete(node);
  }

  /** Sends a node anew: what may be seen of it, or what it is made of, has changed. */
  renew(node: Node): void {
    const record = this.#nodes.mirrored(node);
    if (record === undefined) return;
    this.#walker.forget(node);
    this.#removed.add(record.id);
    this.#dirty.add(node);
    const parent = this.#nodes.mirrored(dom.parentNode(node));
    if (parent !== undefined) this.#parents.add(parent);
  }

  /** A list of suggestions reached the viewers. */
  offers(list: Element): void {
    this.#lists.add(list);
  }

  /** Other slots of a component show its children now. */
  reslotted(host: Element): void {
    this.#hosts.add(host);
  }

  /** Sends attributes anew although no observer told of a change. */
  touch(element: Element, names: readonly string[]): void {
    if (this.#nodes.mirrored(element) === undefined) return;
    for (const name of names) this.#noteAttribute(element, name);
  }

  /** Takes the observer's records, in order. */
  record(records: readonly MutationRecord[]): void {
    const left: Node[] = [];
    for (const record of records) {
      if (record.type === "childList") this.#children(record, left);
      else if (record.type === "characterData") this.#text.add(record.target as CharacterData);
      else this.#attribute(record);
    }
    for (const node of left) this.#left(node);
  }

  /** Writes what is pending; false when the budget ended first. */
  flush(): boolean {
    this.#checkPrivacy();
    if (!this.#places()) return false;
    // One that came back meanwhile has replaced its former self already.
    for (const id of this.#removed) if (this.#nodes.byId(id) === undefined) writeRemove(this.#writer, id);
    this.#removed.clear();
    for (const [element, names] of this.#attributes) {
      if (this.#budget.spent) return false;
      this.#attributes.delete(element);
      const record = this.#nodes.mirrored(element);
      if (record !== undefined && !record.blocked) this.#writeAttributes(element, record, names);
    }
    for (const node of this.#text) {
      if (this.#budget.spent) return false;
      this.#text.delete(node);
      const record = this.#nodes.mirrored(node);
      if (record === undefined) continue;
      record.touched = this.#nodes.frame;
      writeText(this.#writer, record.id, this.outgoingText(node, record.masked));
    }
    for (const parent of this.#parents) parent.touched = this.#nodes.frame;
    this.#parents.clear();
    return true;
  }

  #children(record: MutationRecord, left: Node[]): void {
    const target = this.#nodes.mirrored(record.target);
    for (const node of record.removedNodes) {
      // The snapshot was about to go on with this child: it goes on with the one after it.
      if (target?.pendingFrom === node) target.pendingFrom = record.nextSibling;
      if (this.#nodes.mirrored(node) !== undefined) left.push(node);
    }
    if (target !== undefined) this.#parents.add(target);
    const nodeName = dom.nodeName(record.target);
    if (nodeName === "SELECT" || nodeName === "OPTGROUP")
      this.#discovery.optionsChanged(record.target as Element);
    const wanted = target !== undefined && !target.opaque;
    for (const node of record.addedNodes) {
      if (wanted || this.#nodes.mirrored(node) !== undefined) this.#dirty.add(node);
    }
  }

  #attribute(record: MutationRecord): void {
    const element = record.target as Element;
    if (this.#nodes.mirrored(element) === undefined) return;
    const local = record.attributeName as string;
    if (local === POINTED) return;
    const name =
      record.attributeNamespace === null
        ? local
        : (dom.getAttributeNodeNS(element, record.attributeNamespace, local)?.name ?? `xlink:${local}`);
    this.#noteAttribute(element, name);
  }

  #noteAttribute(element: Element, name: string): void {
    const names = this.#attributes.get(element);
    if (names === undefined) this.#attributes.set(element, new Set([name]));
    else names.add(name);
  }

  /** At the end of the turn in which it left: forget it at once, so that it can be released. */
  #left(node: Node): void {
    const record = this.#nodes.mirrored(node);
    if (record === undefined) return;
    if (dom.isConnected(node)) {
      this.#dirty.add(node);
      return;
    }
    this.#dirty.delete(node);
    this.#removed.add(record.id);
    this.#walker.forget(node);
  }

  #checkPrivacy(): void {
    for (const [element, names] of this.#attributes) {
      const record = this.#nodes.mirrored(element);
      if (record === undefined) {
        this.#attributes.delete(element);
        continue;
      }
      if (!this.#privacy.hasSelectors && !overlaps(names, privacyAttributes) && !record.blocked) continue;
      const now = this.#walker.standing(element, this.#isMasked(dom.parentNode(element)));
      // A placeholder is a picture of the element's box: any change of it needs a new one.
      if (now.masked !== record.masked || now.blocked !== record.blocked || record.blocked)
        this.#judgedAnew(element);
    }
    for (const list of this.#lists) {
      const record = this.#nodes.mirrored(list);
      if (!record) this.#lists.delete(list);
      else if (this.#walker.standing(list, this.#isMasked(dom.parentNode(list))).masked !== record.masked)
        this.renew(list);
    }
    // Slots among them bring the components that they are part of.
    for (const host of this.#hosts) {
      const parent = this.#nodes.mirrored(host);
      for (const child of parent && !parent.opaque ? dom.childNodes(host) : []) {
        const masked = parent?.masked || this.#privacy.isShielded(child);
        const record = this.#nodes.mirrored(child);
        if (record && !record.blocked && masked !== record.masked) this.#judgedAnew(child);
      }
    }
    this.#hosts.clear();
  }

  #isMasked(node: Node | null): boolean {
    return this.#nodes.mirrored(node)?.masked === true;
  }

  #judgedAnew(node: Node): void {
    this.renew(node);
    const host = dom.host(dom.getRootNode(node));
    if (host) this.#hosts.add(host);
  }

  #places(): boolean {
    for (const node of this.#dirty) this.#leaveForStricter(node);
    for (let progress = true; progress; ) {
      progress = false;
      for (const node of this.#dirty) {
        if (this.#budget.spent) return false;
        const parent = this.#nodes.mirrored(dom.parentNode(node));
        if (parent === undefined || parent.opaque) continue;
        progress = true;
        if (!this.#placeRun(node, parent)) return false;
      }
    }
    for (const node of this.#dirty) this.#orphan(node);
    this.#dirty.clear();
    return true;
  }

  /**
   * What went to where less of it may be seen is taken from the viewers before anything is written: what is new in it
   * would be placed where they still have it.
   */
  #leaveForStricter(node: Node): void {
    const record = this.#nodes.mirrored(node);
    if (record === undefined) return;
    const { masked, hidden } = this.#placeOf(node);
    if (!hidden && (!masked || record.masked)) return;
    this.#removed.add(record.id);
    this.#walker.forget(node);
  }

  /** What may be seen of a node by where it stands: the viewers need not have all that is above it yet. */
  #placeOf(node: Node): { masked: boolean; hidden: boolean } {
    let masked = this.#privacy.isShielded(node);
    for (let up = parentOrHost(node); up !== null; up = parentOrHost(up)) {
      const above = this.#nodes.mirrored(up);
      if (above) return { masked: masked || above.masked, hidden: above.opaque };
      if (dom.nodeType(up) !== ELEMENT) continue;
      const own = this.#walker.standing(up as Element, false);
      if (own.blocked) return { masked, hidden: true };
      masked ||= own.masked;
    }
    return { masked, hidden: true };
  }

  /**
   * Places the whole run of dirty siblings that `node` belongs to, before the first sibling that stands
   * where the viewers have it. One operation for the run: a reversed table is one list of ids.
   */
  #placeRun(node: Node, parent: NodeRecord): boolean {
    let before = 0;
    let last = node;
    let at: Node | null = node;
    for (; at !== null; at = dom.nextSibling(at)) {
      if (at === parent.pendingFrom) break;
      if (this.#dirty.has(at)) {
        last = at;
        continue;
      }
      const settled = this.#nodes.idOf(at);
      if (settled) {
        before = settled;
        break;
      }
    }
    if (node === parent.pendingFrom || (at === null && parent.pendingFrom)) {
      // It stands where the snapshot has yet to pass, and will be taken along.
      this.#dirty.delete(node);
      return true;
    }
    let first = node;
    for (let back = dom.previousSibling(node); back !== null; back = dom.previousSibling(back)) {
      if (this.#dirty.has(back)) first = back;
      else if (this.#nodes.mirrored(back) !== undefined) break;
    }
    startPlace(this.#writer, parent.id, before);
    let whole = true;
    for (
      let next: Node | null = first;
      next !== null && whole;
      next = next === last ? null : dom.nextSibling(next)
    ) {
      if (this.#budget.spent && next !== first) {
        whole = false;
        break;
      }
      if (this.#dirty.delete(next)) {
        whole = this.#walker.emit(next, parent.masked);
      }
    }
    writeEnd(this.#writer);
    return whole;
  }

  /** A node whose parent the viewers do not have: either the snapshot will reach it, or it went out of sight. */
  #orphan(node: Node): void {
    const record = this.#nodes.mirrored(node);
    if (record === undefined) return;
    let up: Node | null = node;
    let above: NodeRecord | undefined;
    while (up !== null && above === undefined) {
      up = parentOrHost(up);
      above = this.#nodes.mirrored(up);
    }
    if (above !== undefined && !above.opaque && above.pendingFrom) return;
    this.#removed.add(record.id);
    this.#walker.forget(node);
  }

  #writeAttributes(element: Element, record: NodeRecord, names: ReadonlySet<string>): void {
    record.touched = this.#nodes.frame;
    for (const name of names) {
      const value = dom.getAttribute(element, name);
      const outgoing =
        value === null
          ? undefined
          : outgoingAttribute(element, namespaceOf(element), name, value, record.masked, this.#privacy);
      if (outgoing === undefined) {
        if (mayName(name, record.masked, this.#privacy)) writeRemoveAttribute(this.#writer, record.id, name);
      } else writeSetAttribute(this.#writer, record.id, name, outgoing);
    }
  }
}

function overlaps(names: ReadonlySet<string>, set: ReadonlySet<string>): boolean {
  for (const name of names) if (set.has(name)) return true;
  return false;
}
