import type { EarlyFinds } from "@copane/client/customer";
import { watchMadeFonts } from "@copane/mirror/made-fonts";
import { watchOpened } from "@copane/mirror/opened";

/*
 * What must be heard before the page's own scripts run.
 */

/** What the browser gave, by interface and name. */
export type Native = Record<string, PropertyDescriptorMap>;

/** What `packages/mirror/src/core/dom` asks by. */
const interfaces = [
  "EventTarget Node CharacterData Document DocumentFragment ShadowRoot Element SVGElement MathMLElement HTMLElement",
  "Anchor Button Canvas Dialog Form IFrame Image Input Label Link Media Object Option Select Slot Style TextArea Video",
];
const ofWindow =
  "getComputedStyle getSelection frameElement matchMedia scrollTo scrollX scrollY innerWidth innerHeight screen visualViewport fetch";

/** Notes what a session could not find out later. */
export function watchEarly(native: Native): EarlyFinds {
  const asFunction = native.Function?.call?.value;
  const typeOf = asFunction(native.HTMLInputElement?.type?.get);
  const listen = asFunction(native.EventTarget?.addEventListener?.value);
  const documentIn = asFunction(native.HTMLIFrameElement?.contentDocument?.get);
  const windowOf = asFunction(native.Document?.defaultView?.get);
  const framesOf = asFunction(native.Document?.querySelectorAll?.value);
  const early = {
    closedRoots: new WeakMap(),
    internals: new WeakMap(),
    sheets: new WeakMap(),
    properties: new WeakMap<Document, string[]>(),
    opened: new WeakMap(),
    fonts: {},
    passwords: new WeakSet(),
    typed: [] as Element[],
  };
  const watchTypes = typesWatcher(early.passwords);
  const watchTyping = (root: EventTarget): void =>
    listen(root, "input", (event: Event) => noteTyped(event, typeOf, early.typed), {
      capture: true,
      passive: true,
    });
  const watchFrame = (frame: unknown): void => {
    let inner: Document | null = null;
    try {
      inner = documentIn(frame);
    } catch {
      // Something else has loaded.
    }
    if (inner) watchDocument(inner);
  };
  /** A page's passwords may be in its iframes, which have no loader. */
  const watchDocument = (page: Document): void => {
    watchTypes(page);
    watchTyping(windowOf(page));
    listen(page, "load", ({ target }: Event) => watchFrame(target), true);
    for (const frame of framesOf(page, "iframe")) watchFrame(frame);
  };
  watchOpened(window, early.opened);
  watchMadeFonts(window, early.fonts);
  watchDocument(document);
  keep(Element.prototype, "attachShadow", (root, self) => {
    early.closedRoots.set(self, root as ShadowRoot);
    watchTypes(root as ShadowRoot);
    // Outside of a closed one nobody sees which field it is.
    if ((root as ShadowRoot).mode === "closed") watchTyping(root as ShadowRoot);
  });
  keep(HTMLElement.prototype, "attachInternals", (given, self) =>
    early.internals.set(self, given as ElementInternals),
  );
  keep(CSSStyleSheet.prototype, "replaceSync", (_, self, text) => early.sheets.set(self, String(text)));
  const registered: string[] = [];
  early.properties.set(document, registered);
  keep(CSS, "registerProperty", (_given, _self, definition) => registered.push(JSON.stringify(definition)));
  return early;
}

/** Keeps what the session asks the page by as the browser made it: the page's scripts may put others in its place. */
export function keepNative(): Native {
  const window = globalThis as unknown as Record<string, { prototype: object }>;
  const [plain = "", html = ""] = interfaces;
  const kept: Native = {};
  // The page may have a `class Node` of its own, which its nodes do not come from.
  const owners: Record<string, object> = {};
  for (const node of [document, document.documentElement])
    for (let owner: object | null = node; owner; owner = Object.getPrototypeOf(owner))
      owners[(owner as Element & { [Symbol.toStringTag]: string })[Symbol.toStringTag]] = owner;
  for (const name of `${plain} ${html.replace(/\w+/g, "HTML$&Element")}`.split(" "))
    kept[name] = Object.getOwnPropertyDescriptors(owners[name] ?? window[name]?.prototype ?? {});
  const ofItself: PropertyDescriptorMap = {};
  for (const name of ofWindow.split(" "))
    ofItself[name] = Object.getOwnPropertyDescriptor(window, name) as PropertyDescriptor;
  kept.Window = ofItself;
  const { bind, call } = Function.prototype;
  kept.Function = { call: { value: bind.bind(call) } };
  Object.defineProperty(window, Symbol.for("copane.native"), { value: kept });
  return kept;
}

/** Notes which fields were passwords before a page showed what stands in them; never what that is. */
function typesWatcher(passwords: WeakSet<Node>): (root: Node) => void {
  const observer = new MutationObserver((records) => {
    for (const { target, oldValue } of records) if (/^password$/i.test(oldValue ?? "")) passwords.add(target);
  });
  const options = { attributes: true, attributeFilter: ["type"], attributeOldValue: true, subtree: true };
  return (root) => observer.observe(root, options);
}

/** More passwords than this nobody types in one page: the newest are kept. */
const MOST_TYPED = 16;

/** Notes which passwords were typed into, since a page can show them in another element; never what was typed. */
function noteTyped(event: Event, typeOf: (field: Element) => string, typed: Element[]): void {
  const field = event.composedPath()[0] as Element;
  try {
    if (typeOf(field) !== "password") return;
  } catch {
    // No input.
    return;
  }
  const at = typed.indexOf(field);
  if (at >= 0) typed.splice(at, 1);
  if (typed.push(field) > MOST_TYPED) typed.shift();
}

/** Hears what a method was given or gave out: a closed shadow root, say, can be asked of nobody later. */
function keep<T extends object>(
  owner: T,
  name: string,
  hear: (result: unknown, self: T, argument: unknown) => void,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor?.configurable || !descriptor.value) return;
  const wrapper = {
    [name](this: T, ...args: unknown[]): unknown {
      const result = descriptor.value.apply(this, args);
      hear(result, this, args[0]);
      return result;
    },
  };
  Object.defineProperty(owner, name, { ...descriptor, value: wrapper[name] });
}
