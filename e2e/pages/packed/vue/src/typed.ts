import { CopaneAgentView, CopaneLauncher, copanePlugin, useCopane, useCopaneEvent } from "@copane/vue";
import { createApp, h, type Ref } from "vue";

/** Types that have to hold for whoever installs the package; the compiler reads this, nothing runs it. */
export function useTypes(): void {
  const { state } = useCopane();
  state satisfies Readonly<Ref<"idle" | "starting" | "waiting" | "active" | "paused" | "ended">>;
  useCopaneEvent("end", ({ code, number }) => [code satisfies string, number.toFixed()]);
  // @ts-expect-error there is no such event
  useCopaneEvent("ended", () => {});
  // @ts-expect-error what stands is not to be set
  state.value = "active";
}

createApp({}).use(copanePlugin, { privacy: { mask: ["#account"] } });
h(CopaneLauncher, { now: true, onFailure: (error: unknown) => error });
h(CopaneAgentView, { token: "t", scheme: "dark", onEnded: ({ code }) => code satisfies string });

// @ts-expect-error a selector is a text
createApp({}).use(copanePlugin, { privacy: { mask: [1] } });
// @ts-expect-error there are two
h(CopaneAgentView, { scheme: "blue" });
