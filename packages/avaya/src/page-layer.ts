import type { Overlay } from "@copane/client/customer";

/**
 * What lies over the customer's page: the agent's cursor, what it touches, and marks. The page brings its own
 * buttons and dialogs; this is never mirrored and takes no events.
 */
export class PageLayer {
  readonly host = document.createElement("div");
  readonly marks = document.createElement("div");
  readonly overlay: Overlay;

  constructor(makeOverlay: (layer: HTMLElement) => Overlay, style: string) {
    const layer = document.createElement("div");
    this.overlay = makeOverlay(layer);
    this.marks.className = "marks";
    this.host.dataset.copane = "";
    // No rule of the page makes it a box.
    this.host.style.cssText = "all:initial!important;display:contents!important";
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `:host > * { font: 15px/1.45 system-ui, sans-serif; } ${style} @media print { * { display: none !important; } }`,
    );
    root.adoptedStyleSheets = [sheet];
    root.append(this.marks, layer);
    document.documentElement.append(this.host);
  }

  remove(): void {
    this.host.remove();
  }
}
