/** Messages on their way to the screen: whatever shows them is fetched when the first one comes. */
export type Message = {
  title: string;
  more: string | null;
  isFailure: boolean;
  undo: (() => void) | null;
};

const waiting: Message[] = [];
const listeners = new Set<() => void>();
let hasAny = false;

export const toastQueue = {
  add: (message: Message) => {
    waiting.push(message);
    hasAny = true;
    for (const listener of listeners) listener();
  },
  /** Hands out what has come since, each message once. */
  take: (): Message[] => waiting.splice(0),
  /** Whether there ever was a message. */
  hasAny: (): boolean => hasAny,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
