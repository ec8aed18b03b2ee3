/** Moving through the rows by keyboard: one stop for Tab, arrows within, and no lost focus when a call leaves. */
import type { LiveCall } from "@switchboard/api/schemas/live-call";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

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
  const place = useRef<{ index: number; inside: boolean }>({ index: 0, inside: false });
  const found = calls.findIndex((call) => call.id === stop);
  const index = found === -1 ? Math.min(place.current.index, calls.length - 1) : found;

  const goTo = (next: number) => {
    const call = calls[next];
    if (call === undefined) return;
    setStop(call.id);
    scrollTo(next);
    requestAnimationFrame(() => focusRow(list.current, call.id));
  };

  useEffect(() => {
    const left = stop !== null && found === -1;
    // The call that had the focus has gone: its neighbour takes it, unless the person has gone elsewhere.
    if (left && place.current.inside && document.activeElement === document.body) {
      const neighbour = calls[index];
      setStop(neighbour?.id ?? null);
      if (neighbour !== undefined) focusRow(list.current, neighbour.id);
    }
    if (found !== -1) place.current.index = found;
  });

  return {
    stopId: calls[index]?.id ?? null,
    handlers: {
      onKeyDown: (event: KeyboardEvent) => {
        const next = targetOf(event.key, index, calls.length - 1);
        if (next === null) return;
        event.preventDefault();
        goTo(next);
      },
      onFocus: (event: { target: EventTarget }) => {
        place.current.inside = true;
        if (event.target instanceof HTMLElement) setStop(event.target.dataset["call"] ?? null);
      },
      onBlur: (event: { relatedTarget: EventTarget | null }) => {
        // A row that is taken away blurs to nothing; a person who leaves goes to something.
        if (event.relatedTarget !== null) place.current.inside = false;
      },
    },
  };
};
