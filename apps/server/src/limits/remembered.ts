/** A map of what was used last: a flood of names takes a bounded memory. */

export type Remembered<Value> = Pick<Map<string, Value>, "get" | "delete"> & { put: (key: string, value: Value) => void };

export const createRemembered = <Value>(most = 10_000): Remembered<Value> => {
  const map = new Map<string, Value>();
  return {
    get: (key) => map.get(key),
    delete: (key) => map.delete(key),
    /** As the newest; the oldest is forgotten when there are too many. */
    put: (key, value) => {
      map.delete(key);
      map.set(key, value);
      const oldest = map.size > most ? map.keys().next().value : undefined;
      if (oldest !== undefined) map.delete(oldest);
    },
  };
};
