/** Short messages in the corner of the screen, which go by themselves. */
import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "./icon-button.tsx";
import { type Message, toastQueue } from "./toast-queue.ts";

const undoMs = 10_000;
const failureMs = 15_000;

const optionsOf = ({ title, more, isFailure, undo }: Message) => ({
  title,
  ...(more === null ? {} : { description: more }),
  ...(isFailure ? { type: "failed", timeout: failureMs, priority: "high" as const } : {}),
  ...(undo === null ? {} : { timeout: undoMs, actionProps: { children: "Undo", onClick: undo } }),
});

const List = () => {
  const { toasts, add } = Toast.useToastManager();
  useEffect(() => {
    const show = () => {
      for (const message of toastQueue.take()) add(optionsOf(message));
    };
    show();
    return toastQueue.subscribe(show);
  }, [add]);
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

export const ToastList = () => (
  <Toast.Provider limit={4}>
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
