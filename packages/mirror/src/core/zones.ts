/**
 * Angular's zone.js watches every listener and timer that is set within its zones and then checks the whole
 * page. Ours are set outside of them: mirroring must not make a page work.
 */
export function outsideZones(window: Window, work: () => void): void {
  const { Zone } = window as { Zone?: { root?: { run?(work: () => void): void } } };
  if (typeof Zone?.root?.run === "function") Zone.root.run(work);
  else work();
}
