/** Telephone numbers as people write them; what formats them is fetched after the page, so until then they are shown as they are. */
import { useSyncExternalStore } from "react";

type Format = (value: string) => string;

const asIs: Format = (value) => value;
const listeners = new Set<() => void>();
let format = asIs;
let asked = false;

const load = async () => {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/min");
  const known = new Map<string, string>();
  format = (value) => {
    if (!/^\+\d{5,15}$/.test(value)) return value;
    const before = known.get(value);
    if (before !== undefined) return before;
    const text = parsePhoneNumberFromString(value)?.formatInternational() ?? value;
    if (known.size >= 5_000) known.clear();
    known.set(value, text);
    return text;
  };
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    // Not to be had: numbers stay as they are, until somebody needs it again.
    load().catch(() => {
      asked = false;
    });
  }
  return () => {
    listeners.delete(listener);
  };
};

export const usePhoneFormat = (): Format => useSyncExternalStore(subscribe, () => format);
