import { CopaneAgentView, CopaneLauncher, useCopane, useCopaneEvent } from "@copane/vue";
import { defineComponent, h, ref } from "vue";

/** A site's page and a desk's: as somebody outside of the repository would write them, but for the templates. */
export const App = defineComponent(() => {
  const { state, key, agents, controlled } = useCopane();
  const end = ref<number>();
  useCopaneEvent("end", ({ number }) => {
    end.value = number;
  });
  return () => [
    h("h1", "Packed"),
    h("p", { class: "secret" }, "In clear"),
    h(CopaneLauncher, { now: true }, () => "Help me"),
    h("output", { id: "state" }, state.value),
    h("output", { id: "key" }, key.value),
    h("output", { id: "agents" }, agents.value.map(({ name }) => name).join()),
    h("output", { id: "controlled" }, String(controlled.value)),
    h("output", { id: "end" }, end.value),
  ];
});

export const Desk = defineComponent(
  ({ server, token, passphrase }: { server: string; token: string; passphrase: string }) => {
    const said = ref("");
    return () => [
      h(CopaneAgentView, {
        server,
        token,
        name: "Robin",
        style: { display: "block", height: "400px" },
        onView: (view) => {
          view.join(passphrase).catch(({ message }: Error) => {
            said.value = message;
          });
        },
        onPicture: () => {
          said.value = "picture";
        },
      }),
      h("output", { id: "said" }, said.value),
    ];
  },
  { props: ["server", "token", "passphrase"] },
);
