/** Rules that match exactly the same calls, the winner on top: smaller priority, then older, then smaller id. A binary heap. */
import type { RuleId } from "./ids.ts";

export type Ranked = { id: RuleId; priority: number; createdAt: number };

/** Negative when `a` wins over `b`. */
const compareRanks = (a: Ranked, b: Ranked): number =>
  a.priority - b.priority || a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const swap = <R>(heap: R[], i: number, j: number): void => {
  const [a, b] = [heap[i], heap[j]];
  if (a === undefined || b === undefined) return;
  heap[i] = b;
  heap[j] = a;
};

const wins = <R extends Ranked>(heap: R[], i: number, j: number): boolean => {
  const [a, b] = [heap[i], heap[j]];
  return a !== undefined && b !== undefined && compareRanks(a, b) < 0;
};

const siftUp = <R extends Ranked>(heap: R[], from: number): void => {
  for (let i = from; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!wins(heap, i, parent)) return;
    swap(heap, i, parent);
    i = parent;
  }
};

const siftDown = <R extends Ranked>(heap: R[], from: number): void => {
  for (let i = from; ; ) {
    const left = 2 * i + 1;
    const child = wins(heap, left + 1, left) ? left + 1 : left;
    if (!wins(heap, child, i)) return;
    swap(heap, i, child);
    i = child;
  }
};

export const pushRule = <R extends Ranked>(heap: R[], rule: R): void => {
  heap.push(rule);
  siftUp(heap, heap.length - 1);
};

export const removeRule = <R extends Ranked>(heap: R[], rule: R): void => {
  const index = heap.indexOf(rule);
  const last = heap.pop();
  if (index < 0 || last === undefined || last === rule) {
    if (index < 0 && last !== undefined) heap.push(last);
    return;
  }
  heap[index] = last;
  siftUp(heap, index);
  siftDown(heap, index);
};
