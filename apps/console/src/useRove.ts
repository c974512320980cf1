import { rove } from "@copane/ui";
import { type RefObject, useEffect, useRef } from "react";

/** Makes a toolbar one stop of the Tab key (see `rove`). */
export function useRove<T extends HTMLElement>(vertical = false): RefObject<T | null> {
  const bar = useRef<T>(null);
  useEffect(() => {
    const away = new AbortController();
    if (bar.current) rove(bar.current, { signal: away.signal, vertical });
    return () => away.abort();
  }, [vertical]);
  return bar;
}
