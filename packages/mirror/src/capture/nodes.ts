import { DOCUMENT_ID } from "@copane/protocol";

/** What the mirror knows of one node of the page. */
export interface NodeRecord {
  readonly id: number;
  readonly node: Node;
  /** Whether the viewers of this epoch have the node. */
  mirrored: boolean;
  /** Text and values at and below this node are masked. */
  masked: boolean;
  /** Nothing below this node is mirrored: a placeholder, a script, a text area. */
  opaque: boolean;
  /** The agent can neither read nor use it. */
  blocked: boolean;
  /**
   * While a snapshot is under way: the first child that the viewers do not have yet (all after it are
   * missing too), or null when none is left. Undefined once the children are complete.
   */
  pendingFrom: Node | null | undefined;
}

/**
 * Ids for nodes: given once, never reused. Records hang on the nodes themselves (weakly); only
 * mirrored nodes are held strongly, so that detached ones are released.
 */
export class NodeTable {
  readonly #records = new WeakMap<object, NodeRecord>();
  readonly #mirrored = new Map<number, NodeRecord>();
  #nextId = DOCUMENT_ID;

  /** The record of a node that the viewers have. */
  mirrored(node: Node | null): NodeRecord | undefined {
    if (node === null) return undefined;
    const record = this.#records.get(node);
    return record?.mirrored ? record : undefined;
  }

  /** The id of a mirrored node, 0 for any other. */
  idOf(node: Node | null): number {
    return this.mirrored(node)?.id ?? 0;
  }

  byId(id: number): NodeRecord | undefined {
    return this.#mirrored.get(id);
  }

  /** Marks a node as mirrored from now on. */
  add(node: Node, masked: boolean, opaque = false, blocked = false): NodeRecord {
    let record = this.#records.get(node);
    if (record === undefined) {
      record = { id: this.#nextId++, node, mirrored: true, masked, opaque, blocked, pendingFrom: undefined };
      this.#records.set(node, record);
    } else {
      record.mirrored = true;
      record.masked = masked;
      record.opaque = opaque;
      record.blocked = blocked;
      record.pendingFrom = undefined;
    }
    this.#mirrored.set(record.id, record);
    return record;
  }

  /** An id for something that is no node (a constructed stylesheet). */
  reserveId(): number {
    return this.#nextId++;
  }

  /** The viewers no longer have this one node. */
  forget(record: NodeRecord): void {
    record.mirrored = false;
    record.pendingFrom = undefined;
    this.#mirrored.delete(record.id);
  }

  /** Forgets everything: a new epoch begins. Ids stay with their nodes. */
  clear(): void {
    for (const record of this.#mirrored.values()) {
      record.mirrored = false;
      record.pendingFrom = undefined;
    }
    this.#mirrored.clear();
  }
}
