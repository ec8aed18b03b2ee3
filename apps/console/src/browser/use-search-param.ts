/** One parameter of the address as state: what is open survives a reload and can be sent to somebody. */
import { useCallback, useSyncExternalStore } from "react";

const changed = "switchboard:address";

const subscribe = (listener: () => void) => {
  addEventListener("popstate", listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(changed, listener);
  };
};

export const useSearchParam = (name: string): [string | null, (value: string | null) => void] => {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name));
  const set = useCallback(
    (next: string | null) => {
      const url = new URL(location.href);
      if (next === null) url.searchParams.delete(name);
      else url.searchParams.set(name, next);
      // Going from one to the next is one step back, not twenty.
      if (new URLSearchParams(location.search).has(name)) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
      dispatchEvent(new Event(changed));
    },
    [name],
  );
  return [value, set];
};
