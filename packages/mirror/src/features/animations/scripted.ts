/** The animations below a root that scripts made, not stylesheets. */
export function scriptedAnimations(root: Document | ShadowRoot): Animation[] {
  return (root.getAnimations?.() ?? []).filter(
    (animation) => Object.prototype.toString.call(animation) === "[object Animation]",
  );
}
