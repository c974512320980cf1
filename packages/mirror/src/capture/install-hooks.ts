import { guarded } from "../core/guard.ts";
import type { Hooks } from "../core/hooks.ts";
import type { StylesCapture } from "../features/styles/capture.ts";

/** What capture does when it hears of a call. */
export interface Heard {
  sheets: StylesCapture;
  shadowRoot(host: Element, root: ShadowRoot): void;
  internals(element: Element, internals: ElementInternals): void;
  animation(animation: Animation): void;
}

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
  const ofRule = (rule: CSSRule | null) => {
    if (rule?.parentStyleSheet) sheets.rewritten(rule.parentStyleSheet);
  };
  for (const name of ["insertRule", "deleteRule"]) {
    hooks.method<CSSRule>(window.CSSGroupingRule?.prototype, name, ofRule);
  }
  for (const name of ["appendRule", "deleteRule"]) {
    hooks.method<CSSRule>(window.CSSKeyframesRule?.prototype, name, ofRule);
  }
  for (const name of ["setProperty", "removeProperty"]) {
    hooks.method<CSSStyleDeclaration>(window.CSSStyleDeclaration?.prototype, name, (self) =>
      ofRule(self.parentRule),
    );
  }
  hooks.method<CSSRule>(window.CSSStyleRule?.prototype, "style", (self) => sheets.handedOut(self));
  hooks.method<Element>(window.Element?.prototype, "attachShadow", (self, _args, root) => {
    heard.shadowRoot(self, root as ShadowRoot);
  });
  hooks.method<Element>(window.HTMLElement?.prototype, "attachInternals", (self, _args, internals) => {
    heard.internals(self, internals as ElementInternals);
  });
  hooks.method<Element>(window.Element?.prototype, "animate", (_self, _args, animation) => {
    heard.animation(animation as Animation);
  });
}
