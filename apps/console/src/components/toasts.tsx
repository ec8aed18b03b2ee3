/** Tells in the corner of the screen what was done, with Undo where it can be undone, or why it was not. */
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from "react";
import { failureOf } from "../api/failure.ts";
import { toastQueue } from "./toast-queue.ts";

const ToastList = lazy(async () => ({ default: (await import("./toast-list.tsx")).ToastList }));

export const Toasts = ({ children }: { children: ReactNode }) => {
  const hasAny = useSyncExternalStore(toastQueue.subscribe, toastQueue.hasAny);
  return (
    <>
      {children}
      {hasAny && (
        <Suspense fallback={null}>
          <ToastList />
        </Suspense>
      )}
    </>
  );
};

export type Undo = { undo: () => void };

const toasts = {
  /** Something was done; `undo` puts it back. */
  done: (title: string, options?: Partial<Undo> & { more?: string }) =>
    toastQueue.add({ title, more: options?.more ?? null, isFailure: false, undo: options?.undo ?? null }),
  /** Something was not done; `what` names it: "The agent was not saved". */
  failed: (what: string, error: unknown) => {
    const { message, requestId } = failureOf(error);
    toastQueue.add({ title: what, more: requestId === null ? message : `${message} Request ${requestId}`, isFailure: true, undo: null });
  },
};

export const useToasts = () => toasts;
