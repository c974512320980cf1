import { guarded } from "../core/guard.ts";
import type { Hooks } from "../core/hooks.ts";
import type { StylesCapture } from "../features/styles/capture.ts";

/** What capture does when it hears of a call. */
export interface Heard {
  sheets: StylesCapture;
  shadowRoot(host: Element, root: ShadowRoot): void;
  internals(element: Element, internals: ElementInternals): void;
  animation(animation: Animation): void;
  /** A script registered a custom property. */
  property(document: Document, definition: unknown): void;
  /** A script opened a popover and said what for. */
  opened(popover: Element, source: Element): void;
  /** A node was moved with its state. */
  keep(node: Node): void;
}

/** Rules that scripts can edit. */
const ruleTypes =
  "CSSGroupingRule CSSStyleRule CSSMediaRule CSSImportRule CSSKeyframesRule CSSKeyframeRule CSSFontFaceRule CSSPageRule " +
  "CSSMarginRule CSSCounterStyleRule CSSPositionTryRule CSSNestedDeclarations CSSFunctionDeclarations";

/** What capture wants to hear of that no observer reports, in one window. */
export function installHooks(hooks: Hooks, window: Window & typeof globalThis, heard: Heard): void {
  const { sheets } = heard;
  const sheet = window.CSSStyleSheet?.prototype;
  hooks.method<CSSStyleSheet>(sheet, "insertRule", (self, args, index) => {
    sheets.inserted(self, index as number, String(args[0]));
  });
  hooks.method<CSSStyleSheet>(sheet, "deleteRule", (self, args) => {
    sheets.deleted(self, Number(args[0]) || 0);
  });
  // The older names do the same, with other arguments.
  for (const name of ["addRule", "removeRule"]) {
    hooks.method<CSSStyleSheet>(sheet, name, (self) => sheets.rewritten(self));
  }
  hooks.method<CSSStyleSheet>(sheet, "replaceSync", (self, args) => sheets.rewritten(self, String(args[0])));
  hooks.method<CSSStyleSheet>(sheet, "replace", (self, args, result) => {
    // The rules are there once the promise is; a failed replace changes nothing.
    (result as Promise<unknown>).then(
      guarded(hooks.onError, () => sheets.rewritten(self, String(args[0]))),
      () => {},
    );
  });
  for (const type of ruleTypes.split(" ")) {
    const rule = (window as unknown as Record<string, { prototype: object } | undefined>)[type]?.prototype;
    for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(rule ?? {}))) {
      if (/^(?:insert|append)Rule$/.test(name))
        hooks.method<CSSRule>(rule, name, (self, [text], index) =>
          sheets.insertedIn(self, String(text), index as number | undefined),
        );
      if (name === "deleteRule") hooks.method<CSSRule>(rule, name, (self) => sheets.edited(self));
      if (get && /^(?:style|styleMap|media)$/.test(name))
        hooks.method<CSSRule>(rule, name, (self) => sheets.handedOut(self));
      if (set) hooks.setter<CSSRule>(rule, name, (self, [value]) => sheets.edited(self, "", String(value)));
    }
  }
  const style = window.CSSStyleDeclaration?.prototype;
  const declared = ({ parentRule }: CSSStyleDeclaration, [name, value]: unknown[]) => {
    if (parentRule) sheets.edited(parentRule, String(name), String(value));
  };
  hooks.method(style, "setProperty", declared);
  hooks.method(style, "removeProperty", declared);
  hooks.setter<CSSStyleDeclaration>(style, "cssText", (self, [text]) => declared(self, ["", text]));
  hooks.method<Element>(window.Element?.prototype, "attachShadow", (self, _args, root) => {
    heard.shadowRoot(self, root as ShadowRoot);
  });
  hooks.method<Element>(window.HTMLElement?.prototype, "attachInternals", (self, _args, internals) => {
    heard.internals(self, internals as ElementInternals);
  });
  hooks.method<Element>(window.Element?.prototype, "animate", (_self, _args, animation) => {
    heard.animation(animation as Animation);
  });
  for (const type of [window.Element, window.Document, window.DocumentFragment])
    hooks.method(type?.prototype, "moveBefore", (_self, [node]) => heard.keep(node as Node));
  // Elsewhere the event says it.
  if (window.ToggleEvent && !("source" in window.ToggleEvent.prototype))
    for (const name of ["showPopover", "togglePopover"])
      hooks.method<Element>(window.HTMLElement?.prototype, name, (self, [options]) => {
        const source = (options as { source?: unknown } | undefined)?.source;
        if (source instanceof window.Element) heard.opened(self, source);
      });
  hooks.method(window.CSS, "registerProperty", (_self, [definition]) =>
    heard.property(window.document, definition),
  );
  const moved = (self: Animation) => heard.animation(self);
  for (const name of ["play", "pause", "cancel", "finish", "reverse"])
    hooks.method(window.Animation?.prototype, name, moved);
  hooks.setter(window.Animation?.prototype, "currentTime", moved);
}
