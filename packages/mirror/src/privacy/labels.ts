import * as dom from "../core/dom.ts";

/** Labels by the ids that they are for, of each document and shadow root that was asked for. */
let shared: Map<Node, Map<string, Element[]>> | undefined;

/**
 * A browser looks for the labels of a field through the whole page, for each field anew: those of all fields that are
 * looked at in here are looked for once. The page must not change meanwhile.
 */
export function together<T>(work: () => T): T {
  const outer = shared;
  shared ??= new Map();
  try {
    return work();
  } finally {
    shared = outer;
  }
}

/** The `label` elements of a field. */
export function labelsOf(field: Element): Element[] {
  if (!shared) return [...(dom.labels(field as HTMLInputElement) ?? [])];
  const root = dom.getRootNode(field);
  let byId = shared.get(root);
  if (!byId) {
    byId = labelsIn(root);
    shared.set(root, byId);
  }
  const labels = [...(byId.get(dom.elementId(field)) ?? [])];
  const around = dom.closest(field, "label");
  if (around && !dom.hasAttribute(around, "for")) labels.push(around);
  return labels;
}

function labelsIn(root: Node): Map<string, Element[]> {
  const byId = new Map<string, Element[]>();
  for (const label of dom.querySelectorAll(root, "label[for]")) {
    const id = dom.getAttribute(label, "for");
    if (!id) continue;
    const others = byId.get(id);
    if (others) others.push(label);
    else byId.set(id, [label]);
  }
  return byId;
}
