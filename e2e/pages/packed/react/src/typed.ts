import type {} from "@copane/agent";
import copane, { type CopaneState } from "@copane/sdk";

/** Types that have to hold for whoever installs the package; the compiler reads this, nothing runs it. */
copane.on("end", ({ code, number, by }) => [
  code satisfies string,
  number.toFixed(),
  by satisfies string | undefined,
]);
copane.on("change", ({ state }) => state satisfies CopaneState);
copane.confirmControl = ({ level }) => level !== "full";
copane.privacy = { mask: ["#account"] };
window.copane?.push((same) => same.start({ now: true }));

// @ts-expect-error there is no such event
copane.on("ended", () => {});
// @ts-expect-error what stands is not to be set
copane.state = "active";
// @ts-expect-error a selector is a text
copane.privacy = { mask: [1] };

document
  .querySelector("copane-agent-view")
  ?.addEventListener("copane-ended", ({ detail }) => detail.code satisfies string);
