/** Something of the page that an agent can name: a form, a field, a button, a link. */
export interface Target {
  id: number;
  element: Element;
  kind: "form" | "field" | "press";
  label: string;
}

/** What of the replica there is to look at. */
export interface Replicated {
  readonly frame: HTMLIFrameElement;
  idOf(element: Element): number;
}

/** A page with more than these is shortened: nobody chooses from a longer list. */
const MOST = 300;
const LABEL_LENGTH = 60;

const fields =
  "input:not([type=hidden],[type=submit],[type=button],[type=image],[type=reset]),select,textarea";
const presses =
  "button,a[href],input[type=submit],input[type=button],input[type=image],summary,[role=button]";

/** What can be named on the page as the agent sees it, in the page's order. */
export function targetsOf(view: Replicated): Target[] {
  const found: Target[] = [];
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll("*")) {
      if (found.length >= MOST) return;
      if (element.shadowRoot) look(element.shadowRoot);
      const kind = kindOf(element);
      if (kind === undefined || element.getClientRects().length === 0) continue;
      const id = view.idOf(element);
      if (id) found.push({ id, element, kind, label: labelOf(element) });
    }
  };
  const { contentDocument } = view.frame;
  if (contentDocument) look(contentDocument);
  return found;
}

/** The target at a point of the agent's window, or the nearest one above it. */
export function targetAt(
  view: Replicated,
  targets: readonly Target[],
  x: number,
  y: number,
): Target | undefined {
  const { frame } = view;
  const box = frame.getBoundingClientRect();
  const scale = box.width / (frame.offsetWidth || 1) || 1;
  let root: Document | ShadowRoot | null = frame.contentDocument;
  let element: Element | null = null;
  while (root) {
    const inner: Element | null = root.elementFromPoint((x - box.left) / scale, (y - box.top) / scale);
    if (inner === element) break;
    element = inner;
    root = element?.shadowRoot ?? null;
  }
  for (let up: Node | null = element; up !== null; up = up.parentNode ?? (up as ShadowRoot).host ?? null) {
    const target = targets.find((one) => one.element === up);
    if (target) return target;
  }
  return undefined;
}

function kindOf(element: Element): Target["kind"] | undefined {
  if (element.localName === "form") return "form";
  if (element.matches(fields)) return "field";
  return element.matches(presses) ? "press" : undefined;
}

/** A label's words without those of the control inside of it: its options, its text. */
function wordsOf(label: HTMLLabelElement): string | null {
  const copy = label.cloneNode(true) as HTMLLabelElement;
  for (const control of copy.querySelectorAll("select,textarea,datalist")) control.remove();
  return copy.textContent;
}

function labelOf(element: Element): string {
  const { labels } = element as HTMLInputElement;
  const heading = element.localName === "form" ? element.querySelector("legend,h1,h2,h3") : undefined;
  const words = [
    element.getAttribute("aria-label"),
    labels?.[0] && wordsOf(labels[0]),
    heading?.textContent,
    element.localName === "form" ? "" : element.localName === "select" ? "" : element.textContent,
    element.getAttribute("placeholder"),
    element.getAttribute("name"),
    element.id,
    element.localName,
  ];
  const label = words.find((word) => word?.trim()) ?? element.localName;
  return label.replace(/\s+/g, " ").trim().slice(0, LABEL_LENGTH);
}
