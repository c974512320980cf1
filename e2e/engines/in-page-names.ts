/** Roles and names as assistive technology has them, as far as tests ask for them. */

const roles: [selector: string, role: string][] = [
  ["button, summary, input:is([type=button], [type=submit], [type=reset], [type=image])", "button"],
  ["a[href], area[href]", "link"],
  ["h1, h2, h3, h4, h5, h6", "heading"],
  ["dialog", "dialog"],
  ["output", "status"],
  ["input[type=checkbox]", "checkbox"],
  ["input[type=radio]", "radio"],
  ["input[type=range]", "slider"],
  ["input[type=number]", "spinbutton"],
  ["input[type=search]", "searchbox"],
  ["input:is(:not([type]), [type=text], [type=email], [type=tel], [type=url]), textarea", "textbox"],
  ["select:is([multiple], [size]:not([size='1']))", "listbox"],
  ["select", "combobox"],
  ["option", "option"],
  ["img", "img"],
  ["ul, ol", "list"],
  ["li", "listitem"],
  ["table", "table"],
  ["tr", "row"],
  ["td", "cell"],
  ["nav", "navigation"],
  ["main", "main"],
];

const namedByContent =
  /^(button|link|heading|option|checkbox|radio|menuitem|menuitemcheckbox|menuitemradio|tab|switch|row|cell|treeitem)$/;

export function roleOf(element: Element): string | undefined {
  const given = element.getAttribute("role")?.trim().split(/\s+/)[0];
  return given || roles.find(([selector]) => element.matches(selector))?.[1];
}

export function nameOf(element: Element): string {
  const root = element.getRootNode() as Document | ShadowRoot;
  const by = element.getAttribute("aria-labelledby")?.trim();
  if (by)
    return by
      .split(/\s+/)
      .map((id) => spoken(root.getElementById(id)))
      .join(" ");
  const label = element.getAttribute("aria-label")?.trim();
  if (label) return label;
  const labels = [...((element as HTMLInputElement).labels ?? [])];
  if (labels.length > 0) return labels.map(spoken).join(" ");
  if (element.matches("input:is([type=button], [type=submit], [type=reset])"))
    return (element as HTMLInputElement).value;
  const alt = element.getAttribute("alt");
  if (alt) return alt;
  const content = namedByContent.test(roleOf(element) ?? "") ? spoken(element) : "";
  return content || element.getAttribute("title") || element.getAttribute("placeholder") || "";
}

/** The text that is read out: without what is hidden from it, with the names of pictures. */
function spoken(node: Node | null): string {
  if (!node) return "";
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? "";
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const element = node as Element;
  if (element.getAttribute("aria-hidden") === "true" || (element as HTMLElement).hidden) return "";
  const label = element.getAttribute("aria-label") ?? element.getAttribute("alt");
  if (label) return label;
  const inner = element.shadowRoot ? [...element.shadowRoot.childNodes] : [...element.childNodes];
  const apart = element.ownerDocument.defaultView?.getComputedStyle(element).display !== "inline" ? " " : "";
  return apart + inner.map(spoken).join("") + apart;
}

/** All text of an element, that of its open shadow root too. */
export function textOf(element: Element): string {
  if (!element.shadowRoot) {
    let text = "";
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.nodeValue;
      else if (child.nodeType === Node.ELEMENT_NODE && !/^(SCRIPT|STYLE)$/.test((child as Element).tagName))
        text += textOf(child as Element);
    }
    return text;
  }
  return [...element.shadowRoot.children].map(textOf).join("");
}
