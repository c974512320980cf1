import type { Page } from "playwright-core";

/** What a person would compare between the customer's page and the agent's picture of it. */
export interface PageState {
  title: string;
  /** All text, in document order with shadow roots and frames opened, white space folded. */
  text: string;
  /** Every field that no privacy rule masks: what it is and what it holds. */
  fields: string[];
  /** Scroll offsets of the window and of every element that is scrolled. */
  scroll: string[];
}

/** Runs inside a browser, serialised: it may use nothing from outside its own body. */
function readPageState(root: Document): PageState {
  const words: string[] = [];
  const fields: string[] = [];
  const scroll: string[] = [];
  const skipped = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "LINK", "META", "OBJECT"]);
  const automatic = /password|^cc-|one-time-code/;

  const field = (element: Element) => {
    const tag = element.tagName;
    if (tag === "SELECT") {
      const chosen = [...(element as HTMLSelectElement).selectedOptions].map((option) => option.index);
      fields.push(`select ${chosen.join()}`);
    } else if (tag === "TEXTAREA") {
      fields.push(`textarea ${(element as HTMLTextAreaElement).value}`);
    } else if (tag === "INPUT") {
      const input = element as HTMLInputElement;
      if (input.type === "hidden" || input.type === "file" || input.type === "password") return;
      if (automatic.test(input.autocomplete)) return;
      if (input.type === "checkbox" || input.type === "radio")
        fields.push(`${input.type} ${input.checked} ${input.indeterminate}`);
      else fields.push(`input ${input.value}`);
    }
  };

  const walk = (node: Node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      words.push(node.nodeValue ?? "");
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element;
      // Our own UI is never mirrored.
      if (skipped.has(element.tagName.toUpperCase()) || element.hasAttribute("data-copane")) return;
      field(element);
      if (element.scrollTop || element.scrollLeft)
        scroll.push(`${element.tagName} ${Math.round(element.scrollLeft)} ${Math.round(element.scrollTop)}`);
      // A typed text is compared as a field; its default is only markup.
      if (element.tagName === "TEXTAREA") return;
      if (element.shadowRoot) for (const child of element.shadowRoot.childNodes) walk(child);
      const inner = element.tagName === "IFRAME" ? (element as HTMLIFrameElement).contentDocument : null;
      if (inner?.body) walk(inner.body);
      else words.push(" ");
    }
    for (const child of node.childNodes) walk(child);
    words.push(" ");
  };
  walk(root);
  return { title: root.title, text: words.join("").replace(/\s+/g, " ").trim(), fields, scroll };
}

/** Reads the state of the document that `expression` names within a page. */
export function pageState(page: Page, expression = "document"): Promise<PageState> {
  return page.evaluate(`(${readPageState})(${expression})`);
}
