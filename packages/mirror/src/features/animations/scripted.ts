import * as dom from "../../core/dom.ts";

/**
 * The animations below a root that a replica does not have by the stylesheets alone: those that scripts made, and those
 * of stylesheets that are paused or have another speed.
 */
export function scriptedAnimations(root: Document | ShadowRoot): Animation[] {
  return (dom.getAnimations(root) ?? []).filter(
    (animation) => isScripted(animation) || animation.playState === "paused" || animation.playbackRate !== 1,
  );
}

/** Whether a script made it, not a stylesheet. */
export function isScripted(animation: Animation): boolean {
  return Object.prototype.toString.call(animation) === "[object Animation]";
}
