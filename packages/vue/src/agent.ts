import type { AgentViewEvents, CopaneAgentView as Element } from "@copane/agent";
import { defineComponent, h, onBeforeUnmount, onMounted, type PropType, shallowRef, watch } from "vue";

/** The element's events, and those of the component. */
const heard = {
  "copane-change": "session",
  "copane-page": "page",
  "copane-ready": "picture",
  "copane-ended": "ended",
  "copane-error": "failure",
} as const;

/**
 * The live view for an agent's desktop. `@copane/agent` is fetched when it
 * is shown first; while a page is rendered on a server there is an empty element.
 */
export const CopaneAgentView = defineComponent({
  name: "CopaneAgentView",
  props: {
    /** The agent's JWT; never written to the markup. */
    token: { type: String, default: "" },
    /** The server's base URL; the page's own origin by default. */
    server: String,
    /** The agent's name as the customer sees it. */
    name: String,
    /** Language of the view. */
    locale: String,
    scheme: String as PropType<"dark" | "light">,
    /** An address to which an invitation's key is appended. */
    inviteLink: String,
  },
  emits: {
    /** The element, once it can be told to join: `view.join("1234 5678")`. */
    view: (_view: Element) => true,
    session: (_change: AgentViewEvents["copane-change"]) => true,
    page: (_page: AgentViewEvents["copane-page"]) => true,
    /** A complete picture stands. */
    picture: () => true,
    ended: (_reason: AgentViewEvents["copane-ended"]) => true,
    failure: (_error: AgentViewEvents["copane-error"]) => true,
  },
  setup(props, { emit, slots }) {
    const element = shallowRef<Element>();
    const end = new AbortController();
    // Before the element is defined it would lose its token.
    watch(
      () => props.token,
      (token) => {
        if (element.value?.matches(":defined")) element.value.token = token;
      },
    );
    onMounted(async () => {
      const view = element.value;
      const { signal } = end;
      for (const [type, name] of Object.entries(heard)) {
        const tell = (event: Event) => emit(name as "session", (event as CustomEvent).detail);
        view?.addEventListener(type as keyof AgentViewEvents, tell, { signal });
      }
      try {
        const { defineAgentView } = await import("@copane/agent");
        defineAgentView();
        if (!view || signal.aborted) return;
        view.token = props.token;
        emit("view", view);
      } catch (error) {
        const { name, message } = error as Error;
        if (!signal.aborted) emit("failure", { name, message });
      }
    });
    onBeforeUnmount(() => end.abort());
    return () => {
      const { token: _, inviteLink, ...given } = props;
      return h("copane-agent-view", { ref: element, ...given, "invite-link": inviteLink }, slots.default?.());
    };
  },
});
