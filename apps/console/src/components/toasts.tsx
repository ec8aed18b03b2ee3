/** Short messages in the corner: what was done, with Undo where it can be undone, or why it was not. */
import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { failureOf } from "../api/failure.ts";
import { IconButton } from "./icon-button.tsx";

const undoMs = 10_000;
const failureMs = 15_000;

const List = () => {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className={`slide-in pointer-events-auto flex items-start gap-3 rounded-lg border bg-panel px-3 py-2.5 shadow-float ${toast.type === "failed" ? "border-bad text-bad" : "border-line-2 text-ink"}`}
    >
      <Toast.Content className="min-w-0 flex-1">
        <Toast.Title className="font-[550]" render={<p />} />
        <Toast.Description className="text-ink-2" />
      </Toast.Content>
      <Toast.Action className="shrink-0 rounded-md border border-line-2 px-2 py-0.5 font-[550] text-ink hover:border-line-strong" />
      <Toast.Close render={<IconButton label="Dismiss" className="-m-1 shrink-0" />}>
        <X size={14} aria-hidden />
      </Toast.Close>
    </Toast.Root>
  ));
};

export const Toasts = ({ children }: { children: ReactNode }) => (
  <Toast.Provider limit={4}>
    {children}
    <Toast.Portal>
      <Toast.Viewport
        aria-label="Messages"
        className="pointer-events-none fixed right-4 bottom-4 z-40 grid w-[min(380px,calc(100vw-2rem))] gap-2"
      >
        <List />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
);

export type Undo = { undo: () => void };

export const useToasts = () => {
  const { add } = Toast.useToastManager();
  return useMemo(
    () => ({
      /** Something was done; `undo` puts it back. */
      done: (title: string, options?: Partial<Undo> & { more?: string }) => {
        const undo = options?.undo;
        add({
          title,
          ...(options?.more === undefined ? {} : { description: options.more }),
          ...(undo === undefined ? {} : { timeout: undoMs, actionProps: { children: "Undo", onClick: undo } }),
        });
      },
      /** Something was not done; `what` names it: "The agent was not saved". */
      failed: (what: string, error: unknown) => {
        const { message, requestId } = failureOf(error);
        add({
          type: "failed",
          title: what,
          description: requestId === null ? message : `${message} Request ${requestId}`,
          timeout: failureMs,
          priority: "high",
        });
      },
    }),
    [add],
  );
};
