import type { MadeFonts } from "./made-fonts.ts";
import type { Opened } from "./opened.ts";

/** What a script that ran before the page's own has kept: nothing tells of it later. */
export interface EarlyFinds {
  /** Closed shadow roots by their hosts. */
  closedRoots: WeakMap<Element, ShadowRoot>;
  /** Internals of custom elements, for their custom states. */
  internals: WeakMap<Element, ElementInternals>;
  /** Texts that constructed stylesheets were made from. */
  sheets: WeakMap<CSSStyleSheet, string>;
  /** Custom properties that scripts registered, as JSON. */
  properties: WeakMap<Document, string[]>;
  opened: Opened;
  fonts: MadeFonts;
  /** Fields that were passwords and may look like others by now. */
  passwords: WeakSet<Element>;
  /** Passwords that somebody typed into, the newest: the page may show what stood there in another place by now. */
  typed: Element[];
}
