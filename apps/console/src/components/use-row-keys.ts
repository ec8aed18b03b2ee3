/** Up and down between the rows of a table, also to those that are not drawn yet. */
import type { KeyboardEvent, RefObject } from "react";

const rowOf = (target: EventTarget): HTMLElement | null =>
  target instanceof HTMLElement ? target.closest<HTMLElement>("[data-index]") : null;

const nextOf = (key: string, index: number, last: number): number | null => {
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

/** A row's way in is its first link or button. */
export const useRowKeys =
  (list: RefObject<HTMLElement | null>, count: number, scrollTo: (index: number) => void) =>
  (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.matches("input, select, textarea, [role=switch], [role=combobox]")) return;
    const row = rowOf(event.target);
    const next = row === null ? null : nextOf(event.key, Number(row.dataset["index"]), count - 1);
    if (next === null) return;
    event.preventDefault();
    scrollTo(next);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${next}"] :is(a, button)`)?.focus({ preventScroll: true }),
    );
  };
