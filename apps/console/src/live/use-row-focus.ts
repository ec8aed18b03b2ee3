/** Moving through the rows by keyboard: one stop for Tab, arrows within, and no lost focus when a call leaves. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

const focusRow = (list: HTMLElement | null, callId: string) => {
  for (const row of list?.querySelectorAll("[data-call]") ?? []) {
    if (row instanceof HTMLElement && row.dataset["call"] === callId) row.focus({ preventScroll: true });
  }
};

const targetOf = (key: string, index: number, last: number): number | null => {
  switch (key) {
    case "ArrowDown":
      return Math.min(index + 1, last);
    case "ArrowUp":
      return Math.max(index - 1, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
};

export const useRowFocus = (calls: readonly LiveCall[], list: RefObject<HTMLElement | null>, scrollTo: (index: number) => void) => {
  const [stop, setStop] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const isInside = useRef(false);
  const found = calls.findIndex((call) => call.id === stop);
  const index = found === -1 ? Math.min(place, calls.length - 1) : found;
  if (found !== -1 && found !== place) setPlace(found);
  const stopId = calls[index]?.id ?? null;

  useEffect(() => {
    // The call that had the focus has gone: its neighbour takes it, unless the person has gone elsewhere.
    const isLost = found === -1 && stopId !== null && isInside.current && document.activeElement === document.body;
    if (isLost) focusRow(list.current, stopId);
  }, [found, stopId, list]);

  const goTo = (next: number) => {
    const call = calls[next];
    if (call === undefined) return;
    setStop(call.id);
    scrollTo(next);
    requestAnimationFrame(() => focusRow(list.current, call.id));
  };

  return {
    stopId,
    handlers: {
      onKeyDown: (event: KeyboardEvent) => {
        const next = targetOf(event.key, index, calls.length - 1);
        if (next === null) return;
        event.preventDefault();
        goTo(next);
      },
      onFocus: (event: FocusEvent) => {
        isInside.current = true;
        if (event.target instanceof HTMLElement) setStop(event.target.dataset["call"] ?? null);
      },
      onBlur: (event: FocusEvent) => {
        // A row that is taken away blurs to nothing; a person who leaves goes to something.
        if (event.relatedTarget !== null) isInside.current = false;
      },
    },
  };
};
