import { handledBy } from "../../core/codec/reader.ts";
import * as dom from "../../core/dom.ts";
import type { ReplicaFeature } from "../../core/replica-feature.ts";
import type { ReplicaNodes } from "../../core/tree/replica-nodes.ts";
import { type PropertyOperations, propertyReaders } from "./wire.ts";

/** Registers the custom properties that the page's scripts registered. */
export class PropertiesReplica implements ReplicaFeature, PropertyOperations {
  readonly handlers = handledBy<PropertyOperations>(this, propertyReaders);
  readonly #nodes: ReplicaNodes;

  constructor(nodes: ReplicaNodes) {
    this.#nodes = nodes;
  }

  registerProperty(id: number, definition: string): void {
    const document = this.#nodes.get(id) as Document | undefined;
    const window = document && dom.defaultView(document);
    try {
      window?.CSS.registerProperty?.(JSON.parse(definition) as PropertyDefinition);
    } catch {
      // Registered already, or not one that this browser takes: the property has no type.
    }
  }
}
