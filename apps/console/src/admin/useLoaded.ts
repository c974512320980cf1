import type { CopaneError } from "@copane/protocol";
import { useCallback, useEffect, useState } from "react";

export interface Loaded<T> {
  data: T | undefined;
  error: CopaneError | undefined;
  loading: boolean;
  reload: () => void;
}

/** Loads when `key` changes, and again every so often when `everyMs` is given; what was there stays until then. */
export function useLoaded<T>(key: string, load: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<{ data?: T; error?: CopaneError; key?: string }>({});
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what `load` closes over
  useEffect(() => {
    let current = true;
    load().then(
      (data) => current && setState({ data, key }),
      (error: CopaneError) => current && setState((before) => ({ ...before, error, key })),
    );
    return () => {
      current = false;
    };
  }, [key, turn]);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => setTurn((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { data: state.data, error: state.error, loading: state.key !== key, reload };
}
