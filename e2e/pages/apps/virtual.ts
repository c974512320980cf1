import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";

const app = document.getElementById("app") as HTMLElement;
const list = app.appendChild(document.createElement("div"));
list.id = "list";
list.style.cssText = "height:740px;overflow:auto;font:14px sans-serif";
const inner = list.appendChild(document.createElement("div"));
inner.style.position = "relative";

const virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
  count: 100_000,
  estimateSize: () => 32,
  overscan: 5,
  getScrollElement: () => list,
  observeElementRect,
  observeElementOffset,
  scrollToFn: elementScroll,
  onChange: draw,
});

function draw(): void {
  inner.style.height = `${virtualizer.getTotalSize()}px`;
  inner.replaceChildren(
    ...virtualizer.getVirtualItems().map(({ index, start }) => {
      const row = document.createElement("div");
      row.style.cssText = `position:absolute;left:0;right:0;height:32px;transform:translateY(${start}px)`;
      row.textContent = `Row ${index}`;
      return row;
    }),
  );
}

virtualizer._didMount();
virtualizer._willUpdate();
draw();
