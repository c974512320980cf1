import { SELECTION } from "./selectors.ts";

const ownStyles = `
* { scroll-behavior: auto !important; }
[data-copane-placeholder] { overflow: hidden !important; }
[data-copane-placeholder="hide"] { visibility: hidden !important; }
[data-copane-placeholder="block"] {
  background: repeating-linear-gradient(135deg, #c9ced6 0 6px, #dde1e7 6px 12px) !important;
  border-color: transparent !important; border-radius: 3px; color: transparent !important;
}
[data-copane-placeholder="unsupported"], iframe[data-copane-placeholder="frame"] {
  background: #eceff3 !important; outline: 1px dashed #9aa3af; outline-offset: -1px;
}
[data-copane-placeholder="unsupported"]::after {
  content: "\\2298"; display: grid; place-items: center; height: 100%; color: #6b7280; font: 20px sans-serif;
}
[data-copane-fullscreen] {
  position: fixed !important; inset: 0 !important; width: 100% !important; height: 100% !important; margin: 0 !important;
  max-width: none !important; max-height: none !important; box-sizing: border-box !important; z-index: 2147483647 !important;
}
:root:has([data-copane-fullscreen]:not(:root)) { overflow: hidden !important; }
video:not([controls])::-webkit-media-controls { display: none !important; }
@layer copane {
  [data-copane-fullscreen] { object-fit: contain; background: #000; }
  [data-copane-focus-visible] { outline: auto 1px; outline: -webkit-focus-ring-color auto 1px; }
  /* WebKit alone has this property, and a wider ring. */
  @supports (hanging-punctuation: first) { [data-copane-focus-visible] { outline-width: 5px; } }
  ::highlight(${SELECTION}) { background-color: Highlight; color: HighlightText; }
}
`;

/** Elements by which a page leaves light and dark to the browser, which is the agent's here. */
const undecided = ':root:has(meta[name="color-scheme" i][content*="light" i][content*="dark" i])';

/**
 * Gives a sheet the styles of our own that every root of the replica needs.
 * @param scheme the customer's, where the agent's is another
 */
export function fillOwnSheet(sheet: CSSStyleSheet, scheme: "light" | "dark" | undefined): CSSStyleSheet {
  sheet.replaceSync(
    ownStyles + (scheme ? `@layer copane { ${undecided} { color-scheme: ${scheme}; } }` : ""),
  );
  return sheet;
}
