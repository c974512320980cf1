import { CopaneLauncher, copanePlugin, useCopane } from "@copane/vue";
import { createApp, defineComponent, h } from "vue";

/** In a project with templates this is a `.vue` file; see the package's README. */
const Help = defineComponent(() => {
  const { state, key, agents } = useCopane();
  return () => [
    h("p", ["Account ", h("span", { class: "account-number" }, "4711 0815")]),
    h(CopaneLauncher, () => "Get help"),
    h("output", state.value),
    key.value ? h("p", `Read out ${key.value}`) : undefined,
    state.value === "active"
      ? h("p", `With you: ${agents.value.map(({ name }) => name).join(", ")}`)
      : undefined,
  ];
});

const root = document.querySelector("#root") as HTMLElement;
createApp(Help)
  .use(copanePlugin, { server: root.dataset.copaneServer ?? "", privacy: { mask: [".account-number"] } })
  .mount(root);
