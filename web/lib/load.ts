import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Loaded<T> {
  /** The newest data; kept while it is loaded again. */
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
  /** Changes what is shown without asking the server. */
  set: (change: (before: T) => T) => void;
}

/** Loads a screen's data, and again whenever `deps` change; an answer that comes too late is dropped. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ data?: T; error: unknown; loading: boolean }>({
    error: null,
    loading: true,
  });
  const [turn, setTurn] = useState(0);
  const shown = useRef<readonly unknown[]>(deps);

  useEffect(() => {
    const stop = new AbortController();
    const same = deps.every((value, at) => Object.is(value, shown.current[at]));
    shown.current = deps;
    // Other data's remains must not stand under a new heading.
    setState((before) => ({ data: same ? before.data : undefined, error: null, loading: true }));
    load(stop.signal).then(
      (data) => {
        if (!stop.signal.aborted) setState({ data, error: null, loading: false });
      },
      (error) => {
        if (!stop.signal.aborted) setState((before) => ({ data: before.data, error, loading: false }));
      },
    );
    return () => stop.abort();
  }, [...deps, turn]);

  const reload = useCallback(() => setTurn((count) => count + 1), []);
  const set = useCallback((change: (before: T) => T) => {
    setState((before) => (before.data === undefined ? before : { ...before, data: change(before.data) }));
  }, []);
  return { data: state.data, error: state.error, loading: state.loading, reload, set };
}
