/**
 * Rules that match exactly the same calls, the winner first: smaller priority, then older, then smaller id. One alone is kept as
 * it is, for most are; several are a binary heap.
 */
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

export type RuleHeap<R> = R | R[];

/** Ids are alike for most of their length, times are not: of tens of thousands the right one is found by its time. */
const isSame = (a: Ranked, b: Ranked): boolean => a.createdAt === b.createdAt && a.id === b.id;

export const withRule = <R extends Ranked>(heap: RuleHeap<R> | undefined, rule: R): RuleHeap<R> => {
  if (heap === undefined) return rule;
  const rules = Array.isArray(heap) ? heap : [heap];
  rules.push(rule);
  siftUp(rules, rules.length - 1);
  return rules;
};

/** Undefined when none is left. */
export const withoutRule = <R extends Ranked>(heap: RuleHeap<R> | undefined, rule: R): RuleHeap<R> | undefined => {
  if (!Array.isArray(heap)) return heap === undefined || isSame(heap, rule) ? undefined : heap;
  const index = heap.findIndex((each) => isSame(each, rule));
  if (index < 0) return heap;
  const last = heap.pop();
  if (last !== undefined && index < heap.length) {
    heap[index] = last;
    siftUp(heap, index);
    siftDown(heap, index);
  }
  return heap.length === 0 ? undefined : heap;
};

export const firstRule = <R>(heap: RuleHeap<R>): R | undefined => (Array.isArray(heap) ? heap[0] : heap);
