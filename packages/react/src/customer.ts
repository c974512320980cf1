import copane, { type Copane, type CopaneEvents, type CopaneSettings, type CopaneStatus } from "@copane/sdk";
import {
  type ButtonHTMLAttributes,
  createElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
  useSyncExternalStore,
} from "react";

/** A value that effects and listeners read as it was when the component was rendered last. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

type Functions = Record<string, ((question?: unknown) => unknown) | undefined>;

/**
 * Sets what a site may set, and shows its children. Of one page the last that was rendered counts; there is one
 * `copane`. While a page is rendered on a server it only shows its children.
 */
export function CopaneProvider({
  children,
  ...settings
}: CopaneSettings & { children?: ReactNode }): ReactNode {
  const latest = useLatest(settings);
  // Objects are written anew with each rendering, and to set `privacy` begins the agents' pictures anew.
  const written = JSON.stringify(settings);
  const asked = Object.entries(settings)
    .flatMap(([name, value]) => (typeof value === "function" ? [name] : []))
    .join();
  useEffect(() => {
    const functions = asked
      .split(",")
      .filter(Boolean)
      .map((name) => [name, (question: unknown) => (latest.current as Functions)[name]?.(question) ?? false]);
    copane.init({ ...JSON.parse(written), ...Object.fromEntries(functions) });
  }, [written, asked, latest]);
  return children;
}

const idle: CopaneStatus = {
  state: "idle",
  id: undefined,
  key: undefined,
  agents: [],
  connection: undefined,
  controlled: false,
};
let now = idle;
const subscribe = (changed: () => void) =>
  copane.on("change", (status) => {
    now = status;
    changed();
  });

/** How things stand, and what the customer may do; the component is rendered anew when it changes. */
export function useCopane(): CopaneStatus & Pick<Copane, "start" | "join" | "stop"> {
  const status = useSyncExternalStore(
    subscribe,
    () => now,
    () => idle,
  );
  const { start, join, stop } = copane;
  return { ...status, start, join, stop };
}

/** Calls the listener with each event while the component is there. */
export function useCopaneEvent<K extends keyof CopaneEvents>(
  type: K,
  listener: (event: CopaneEvents[K]) => void,
): void {
  const latest = useLatest(listener);
  useEffect(() => copane.on(type, (event) => latest.current(event)), [type, latest]);
}

export interface CopaneLauncherProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Starts at once, without the panel's question: the site has asked. */
  now?: boolean;
  /** Hears why it could not start; without it the browser's console does. */
  onFailure?: (error: unknown) => void;
}

/** The site's own button for help, in place of the launcher: it cannot be pressed while there is a session. */
export function CopaneLauncher({ now = false, onFailure, ...button }: CopaneLauncherProps): ReactElement {
  const { state, start } = useCopane();
  useEffect(() => {
    copane.init({ launcher: false });
  }, []);
  return createElement("button", {
    type: "button",
    disabled: state !== "idle" && state !== "ended",
    onClick: () => start({ now }).catch(onFailure ?? console.error),
    ...button,
  });
}
