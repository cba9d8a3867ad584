/** Listeners by name of event; each call of `on` is taken back by what it returns. */
export const createEmitter = <Events extends object>(onFailure: (cause: unknown) => void) => {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>();
  return {
    on<K extends keyof Events>(event: K, listener: (value: Events[K]) => void): () => void {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all);
      // A wrapper of its own, so that the same function may listen twice.
      const entry = (value: Events[K]) => listener(value);
      all.add(entry);
      return () => {
        all.delete(entry);
      };
    },
    /** A listener that throws is reported and keeps nobody else from hearing. */
    emit<K extends keyof Events>(event: K, value: Events[K]): void {
      for (const listener of [...(listeners.get(event) ?? [])]) {
        try {
          (listener as (value: Events[K]) => void)(value);
        } catch (cause) {
          onFailure(cause);
        }
      }
    },
    count: (): number => [...listeners.values()].reduce((sum, all) => sum + all.size, 0),
    clear: (): void => listeners.clear(),
  };
};
