/** Elements below `root` that a selector means; its spaces reach through open shadow roots, as Playwright's do. */
export function combined(root: ParentNode, selector: string): Element[] {
  const all = deep(root);
  if (selector === "*") return all;
  const found = new Set<Element>();
  for (const one of split(selector, /^,$/)) {
    let scopes: ParentNode[] = [root];
    for (const part of descendants(one)) {
      const next = new Set<Element>();
      for (const scope of scopes)
        for (const element of scope === root ? all : deep(scope))
          if (element.matches(part)) next.add(element);
      scopes = [...next];
    }
    for (const element of scopes) found.add(element as Element);
  }
  return all.filter((element) => found.has(element));
}

/** All elements below, those of a shadow root before the children of its host. */
function deep(root: ParentNode, into: Element[] = []): Element[] {
  const shadow = (root as Element).shadowRoot;
  if (shadow) deep(shadow, into);
  for (const child of root.children) {
    into.push(child);
    deep(child, into);
  }
  return into;
}

/** The parts of a selector between its spaces; `a > b` stays one part. */
function descendants(selector: string): string[] {
  const tight = selector.trim().replace(/\s*([>~+])\s*(?![^([]*[)\]])/g, "$1");
  return split(tight, /^\s$/).filter(Boolean);
}

/** Cuts where a letter matches outside of brackets and quotes. */
function split(text: string, at: RegExp): string[] {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (const letter of text) {
    if (quote) quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === "(" || letter === "[") depth++;
    else if (letter === ")" || letter === "]") depth--;
    else if (depth === 0 && at.test(letter)) {
      parts.push("");
      continue;
    }
    parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}
