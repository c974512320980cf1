import type { Step } from "./steps.ts";

/** What must not leave the browser when all of the page is masked. */
export const SECRET = "zq7secretzq7";

const snippets = [
  "",
  "<p>one</p><p>two</p>",
  "<ul><li>a<li>b<li>c</ul>",
  "text <b>bold</b> tail",
  "<!-- note --><i></i>",
  "<input value=a><textarea>b</textarea><input type=checkbox checked>",
  "<select><option>1<option selected>2<option>3</select>",
  "<table><tbody><tr><td>1<td>2<tr><td>3</table>",
  "<svg viewBox='0 0 9 9'><g><circle r='3'/></g><text>t</text></svg>",
  "<style>.a { color: red } .b { top: 1px }</style><details><summary>s</summary>d</details>",
];

/** A text of a style that is large enough to be told by its hash; another for each word. */
const largeCss = (text: string) => `.a { color: blue } .b { left: ${text.length}px }`.padEnd(5_000);

const rules = [
  ".a { color: blue; }",
  ".b::before { content: 'x'; }",
  "@media (min-width: 1px) { .c { top: 2px; } }",
  ".d:not(.e) { left: 3px; }",
  "@keyframes k { from { top: 0px; } to { top: 1px; } }",
  ".f { background: var(--g); }",
];

const made = [
  "div",
  "span",
  "p",
  "b",
  "ul",
  "li",
  "input",
  "textarea",
  "select",
  "x-card",
  "style",
  "button",
  "template",
  "iframe",
];

/** Plays steps within `root`, as a page's own script would: several in one turn, until a step waits. */
export async function play(
  root: HTMLElement,
  steps: readonly Step[],
  hooks: { wait(): Promise<void>; resync(): void; secret?: boolean },
): Promise<void> {
  const world = new World(root, hooks.secret ? SECRET : "");
  for (const step of steps) {
    if (step.do === "wait") await hooks.wait();
    else if (step.do === "resync") hooks.resync();
    else {
      try {
        world.take(step);
      } catch {
        // The DOM refuses it (a cycle, a second shadow root): so would it a page.
      }
    }
  }
}

class World {
  readonly #root: HTMLElement;
  readonly #secret: string;

  constructor(root: HTMLElement, secret: string) {
    this.#root = root;
    this.#secret = secret;
  }

  take(step: Exclude<Step, { do: "wait" | "resync" }>): void {
    switch (step.do) {
      case "insert":
        this.#insert(step);
        return;
      case "remove":
        this.#node(step.node)?.remove();
        return;
      case "move":
        this.#place(this.#node(step.node), step.parent, step.before);
        return;
      case "text": {
        const node = this.#node(step.node);
        if (node?.parentNode?.nodeName === "STYLE") node.textContent = largeCss(this.#words(step.text));
        else if (node?.nodeType === Node.TEXT_NODE) (node as unknown as Text).data = this.#words(step.text);
        else if (node) node.textContent = this.#words(step.text);
        return;
      }
      case "attribute":
        this.#element(step.node)?.setAttribute(step.name, step.value);
        return;
      case "unset":
        this.#element(step.node)?.removeAttribute(step.name);
        return;
      case "html": {
        const element = this.#element(step.node);
        if (element && element.nodeName !== "STYLE") element.innerHTML = this.#html(step.html);
        return;
      }
      case "reverse": {
        const element = this.#element(step.node);
        element?.append(...[...element.childNodes].reverse());
        return;
      }
      case "wrap": {
        const node = this.#node(step.node);
        if (!node || node.parentNode?.nodeName === "STYLE") return;
        const wrapper = document.createElement("section");
        node.before(wrapper);
        wrapper.append(node);
        return;
      }
      case "unwrap": {
        const element = this.#element(step.node);
        element?.replaceWith(...element.childNodes);
        return;
      }
      case "split": {
        const node = this.#node(step.node);
        if (node?.nodeType === Node.TEXT_NODE) (node as unknown as Text).splitText(step.at);
        return;
      }
      case "normalise":
        this.#element(step.node)?.normalize();
        return;
      case "mask":
        this.#mask(step.node, step.how);
        return;
      default:
        this.#takeRare(step);
        return;
    }
  }

  #takeRare(step: Step): void {
    switch (step.do) {
      case "shadow": {
        const element = this.#element(step.node);
        const shadow = element?.shadowRoot ?? element?.attachShadow({ mode: "open" });
        if (shadow) shadow.innerHTML = this.#html(step.html);
        return;
      }
      case "frame": {
        const frames = this.#root.querySelectorAll("iframe");
        const body = frames[step.node % frames.length]?.contentDocument?.body;
        if (body) body.innerHTML = this.#html(step.html);
        return;
      }
      case "value": {
        const field = this.#pick("input,textarea", step.node) as HTMLInputElement | undefined;
        if (field) field.value = this.#words(step.value);
        return;
      }
      case "check": {
        const box = this.#pick("input", step.node) as HTMLInputElement | undefined;
        if (box) box.checked = step.on;
        return;
      }
      case "choose": {
        const select = this.#pick("select", step.node) as HTMLSelectElement | undefined;
        if (select) select.selectedIndex = step.option;
        return;
      }
      case "rule": {
        const style = this.#pick("style", step.node) as HTMLStyleElement | undefined;
        const { sheet } = style ?? {};
        sheet?.insertRule(rules[step.rule] as string, Math.min(step.index, sheet.cssRules.length));
        return;
      }
      case "unrule": {
        const style = this.#pick("style", step.node) as HTMLStyleElement | undefined;
        if (style?.sheet && step.index < style.sheet.cssRules.length) style.sheet.deleteRule(step.index);
        return;
      }
      case "adopt": {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(rules[step.rule] as string);
        document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets.slice(0, 2)];
        return;
      }
    }
  }

  #insert({ parent, before, what, text }: Extract<Step, { do: "insert" }>): void {
    const tag = made[what];
    if (tag !== undefined) {
      const element = document.createElement(tag);
      if (/^(div|span|p|b|li|button)$/.test(tag)) element.textContent = this.#words(text);
      if (tag === "select") element.innerHTML = "<option>1<option>2";
      if (tag === "x-card")
        element.attachShadow({ mode: "open" }).innerHTML = `<p>${this.#secret}</p><slot></slot>`;
      this.#place(element, parent, before);
    } else if (what === made.length) this.#place(document.createTextNode(this.#words(text)), parent, before);
    else this.#place(document.createComment("c"), parent, before);
  }

  #place(node: ChildNode | undefined, parentPick: number, beforePick: number): void {
    const all = this.#all();
    // No page has elements within a style element: the parser makes none there.
    const parents = all.filter((one) => one.nodeType === Node.ELEMENT_NODE && one.nodeName !== "STYLE");
    const elements = [this.#root, ...parents] as Element[];
    const into = elements[parentPick % elements.length] as Element;
    const parent = into.shadowRoot && parentPick % 2 ? into.shadowRoot : into;
    const before = parent.childNodes[beforePick % (parent.childNodes.length + 1)] ?? null;
    if (node && node !== before) parent.insertBefore(node, before);
  }

  #mask(pick: number, how: number): void {
    const element = this.#element(pick);
    const classes = [
      "avcobrowse-mask",
      "avcobrowse-block",
      "avcobrowse-hide",
      "plain",
      "avcobrowse-mask x",
      "",
    ];
    if (element) element.className = classes[how] as string;
  }

  /** A page that has a secret writes it everywhere. */
  #words(text: string): string {
    return this.#secret ? `${this.#secret}${text}` : text;
  }

  #html(index: number): string {
    const html = snippets[index] as string;
    return this.#secret ? html.replace(/>([a-z0-9]+)/gi, `>${this.#secret}$1`) : html;
  }

  #all(): ChildNode[] {
    const found: ChildNode[] = [];
    const walk = (parent: ParentNode) => {
      for (const child of (parent as Element).childNodes) {
        found.push(child as ChildNode);
        if (child.nodeType !== Node.ELEMENT_NODE) continue;
        if ((child as Element).shadowRoot) walk((child as Element).shadowRoot as ShadowRoot);
        walk(child as Element);
      }
    };
    walk(this.#root);
    return found;
  }

  #node(pick: number): ChildNode | undefined {
    const all = this.#all();
    return all[pick % all.length];
  }

  #element(pick: number): Element | undefined {
    const elements = this.#all().filter((one) => one.nodeType === Node.ELEMENT_NODE) as unknown as Element[];
    return elements[pick % elements.length];
  }

  #pick(selector: string, pick: number): Element | undefined {
    const found = this.#root.querySelectorAll(selector);
    return found[pick % found.length];
  }
}
