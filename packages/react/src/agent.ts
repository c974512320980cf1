import type { AgentViewAttributes, AgentViewEvents, CopaneAgentView as Element } from "@copane/agent";
import { createElement, type HTMLAttributes, type ReactElement, useEffect, useRef } from "react";

export interface CopaneAgentViewProps
  extends Omit<HTMLAttributes<HTMLElement>, "onEnded">,
    AgentViewAttributes {
  /** The agent's JWT; never written to the markup. */
  token?: string;
  /** The element, once it can be told to join: `view.join("1234 5678")`. */
  onView?: (view: Element) => void;
  onSession?: (change: AgentViewEvents["copane-change"]) => void;
  onPage?: (page: AgentViewEvents["copane-page"]) => void;
  /** A complete picture stands. */
  onPicture?: () => void;
  onEnded?: (reason: AgentViewEvents["copane-ended"]) => void;
  onFailure?: (error: AgentViewEvents["copane-error"]) => void;
}

/**
 * The live view for an agent's desktop. `@copane/agent` is fetched when it is shown first; while a page is rendered on
 * a server there is an empty element.
 */
export function CopaneAgentView({
  token = "",
  onView,
  onSession,
  onPage,
  onPicture,
  onEnded,
  onFailure,
  ...attributes
}: CopaneAgentViewProps): ReactElement {
  const ref = useRef<Element>(null);
  const heard = { onView, onSession, onPage, onPicture, onEnded, onFailure, token };
  const latest = useRef(heard);
  useEffect(() => {
    latest.current = heard;
    // Before the element is defined it would lose its token.
    if (ref.current?.matches(":defined")) ref.current.token = token;
  });
  useEffect(() => {
    const view = ref.current;
    const end = new AbortController();
    const { signal } = end;
    view?.addEventListener("copane-change", ({ detail }) => latest.current.onSession?.(detail), { signal });
    view?.addEventListener("copane-page", ({ detail }) => latest.current.onPage?.(detail), { signal });
    view?.addEventListener("copane-ready", () => latest.current.onPicture?.(), { signal });
    view?.addEventListener("copane-ended", ({ detail }) => latest.current.onEnded?.(detail), { signal });
    view?.addEventListener("copane-error", ({ detail }) => latest.current.onFailure?.(detail), { signal });
    import("@copane/agent").then(
      ({ defineAgentView }) => {
        defineAgentView();
        if (!view || signal.aborted) return;
        view.token = latest.current.token;
        latest.current.onView?.(view);
      },
      ({ name, message }: Error) => {
        if (!signal.aborted) latest.current.onFailure?.({ name, message });
      },
    );
    return () => end.abort();
  }, []);
  return createElement("copane-agent-view", { ref, ...attributes });
}
