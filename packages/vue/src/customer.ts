import copane, { type Copane, type CopaneEvents, type CopaneSettings, type CopaneStatus } from "@copane/sdk";
import {
  defineComponent,
  h,
  onMounted,
  onScopeDispose,
  type Plugin,
  type PropType,
  type ShallowRef,
  shallowReactive,
  toRefs,
} from "vue";

/** `app.use(copanePlugin, settings)`: sets what a site may set. While a server renders a page it does nothing. */
export const copanePlugin: Plugin<CopaneSettings> = {
  install: (_app, settings: CopaneSettings = {}) => copane.init(settings),
};

const status = shallowReactive<CopaneStatus>({
  state: "idle",
  id: undefined,
  key: undefined,
  agents: [],
  connection: undefined,
  controlled: false,
});
let following = false;

/** One listener for all components: there is one `copane`. What a server rendered is taken over before it is heard. */
function follow(): void {
  if (following) return;
  following = true;
  copane.on("change", (now) => Object.assign(status, now));
}

/** How things stand, a ref for each of it, and what the customer may do. */
export function useCopane(): {
  readonly [name in keyof CopaneStatus]: Readonly<ShallowRef<CopaneStatus[name]>>;
} & Pick<Copane, "start" | "join" | "stop" | "identify"> {
  onMounted(follow);
  const { start, join, stop, identify } = copane;
  return { ...toRefs(status), start, join, stop, identify };
}

/** Calls the listener with each event while the component is there. */
export function useCopaneEvent<K extends keyof CopaneEvents>(
  type: K,
  listener: (event: CopaneEvents[K]) => void,
): void {
  let off = () => {};
  onMounted(() => {
    off = copane.on(type, listener);
  });
  onScopeDispose(() => off());
}

/**
 * The site's own button for help, in place of the launcher: it cannot be pressed while there is a session. With `now`
 * it starts at once: the site has asked. `@failure` hears why it could not start; without it the browser's console
 * does.
 */
export const CopaneLauncher = defineComponent({
  name: "CopaneLauncher",
  props: { now: Boolean, onFailure: Function as PropType<(error: unknown) => void> },
  setup(props, { slots }) {
    const { state, start } = useCopane();
    onMounted(() => copane.init({ launcher: false }));
    const press = () => start({ now: props.now }).catch(props.onFailure ?? console.error);
    return () =>
      h(
        "button",
        { type: "button", disabled: !["idle", "ended"].includes(state.value), onClick: press },
        slots.default?.(),
      );
  },
});
