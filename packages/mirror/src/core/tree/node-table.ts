import { DOCUMENT_ID } from "./wire.ts";

/** What the mirror knows of one node of the page. */
export interface NodeRecord {
  readonly id: number;
  readonly node: Node;
  /** The table that gave the id: a page can be captured again after a session. */
  readonly table: NodeTable;
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
  /** Number of the frame that last said something of this node or its children. */
  touched: number;
}

/** Ids of one block of the table by id. */
const BLOCK = 1024;

interface Block {
  readonly records: (NodeRecord | undefined)[];
  count: number;
}

/**
 * Ids for nodes: given once, never reused. Records hang on the nodes themselves; only mirrored nodes are
 * held strongly, so that detached ones are released.
 */
export class NodeTable {
  /** By id in blocks: as quick as one array, and a block whose nodes are all gone is released. */
  readonly #blocks = new Map<number, Block>();
  #nextId = DOCUMENT_ID;
  /** Number of the frame being written. */
  frame = 0;

  /** The record of a node that the viewers have. */
  mirrored(node: Node | null): NodeRecord | undefined {
    if (node === null) return undefined;
    const record = Tag.read(node);
    return record?.mirrored && record.table === this ? record : undefined;
  }

  /** The id of a mirrored node, 0 for any other. */
  idOf(node: Node | null): number {
    return this.mirrored(node)?.id ?? 0;
  }

  byId(id: number): NodeRecord | undefined {
    return this.#blocks.get(Math.floor(id / BLOCK))?.records[id % BLOCK];
  }

  /** The records of all nodes that the viewers have. */
  *all(): Iterable<NodeRecord> {
    for (const { records } of this.#blocks.values()) for (const record of records) if (record) yield record;
  }

  /** Marks a node as mirrored from now on. */
  add(node: Node, masked: boolean, opaque = false, blocked = false): NodeRecord {
    let record = Tag.read(node);
    if (record?.table === this) {
      record.masked = masked;
      record.opaque = opaque;
      record.blocked = blocked;
      record.pendingFrom = undefined;
      record.touched = this.frame;
      if (record.mirrored) return record;
      record.mirrored = true;
    } else {
      record = {
        id: this.#give(),
        node,
        table: this,
        mirrored: true,
        masked,
        opaque,
        blocked,
        pendingFrom: undefined,
        touched: this.frame,
      };
      Tag.write(node, record);
    }
    const key = Math.floor(record.id / BLOCK);
    let block = this.#blocks.get(key);
    if (block === undefined) {
      block = { records: new Array(BLOCK).fill(undefined), count: 0 };
      this.#blocks.set(key, block);
    }
    block.records[record.id % BLOCK] = record;
    block.count++;
    return record;
  }

  /** An id for something that is no node (a constructed stylesheet). */
  reserveId(): number {
    return this.#give();
  }

  /**
   * The document's own id first, then numbers from anywhere on: what an agent does as the customer goes to the
   * next page must not meet a node of that page.
   */
  #give(): number {
    const id = this.#nextId;
    this.#nextId = id === DOCUMENT_ID ? firstId() : id + 1;
    return id;
  }

  /** The viewers no longer have this one node. */
  forget(record: NodeRecord): void {
    if (!record.mirrored) return;
    record.mirrored = false;
    record.pendingFrom = undefined;
    const key = Math.floor(record.id / BLOCK);
    const block = this.#blocks.get(key);
    if (block === undefined) return;
    block.records[record.id % BLOCK] = undefined;
    if (--block.count === 0) this.#blocks.delete(key);
  }

  /** Forgets everything: a new epoch begins. Ids stay with their nodes. */
  clear(): void {
    for (const { records } of this.#blocks.values()) {
      for (const record of records) {
        if (record === undefined) continue;
        record.mirrored = false;
        record.pendingFrom = undefined;
      }
    }
    this.#blocks.clear();
  }
}

/** Not the document's; four bytes on the wire, once a frame. */
function firstId(): number {
  return DOCUMENT_ID + 1 + ((crypto.getRandomValues(new Uint32Array(1))[0] as number) >>> 5);
}

class Given {
  constructor(node: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the fields of a derived class then land on the node
    return node;
  }
}

/**
 * A private field on nodes that the page made: invisible to the page, kept by frozen nodes too, and several
 * times quicker than a WeakMap, which also costs the page at each garbage collection.
 */
class Tag extends Given {
  #record: NodeRecord;

  private constructor(node: object, record: NodeRecord) {
    super(node);
    this.#record = record;
  }

  static read(node: object): NodeRecord | undefined {
    return #record in node ? (node as Tag).#record : undefined;
  }

  static write(node: object, record: NodeRecord): void {
    if (#record in node) (node as Tag).#record = record;
    else new Tag(node, record);
  }
}
