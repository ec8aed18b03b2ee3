/** Takes the last change of one thing back, as long as nobody has changed it since. */
import { trpc } from "../api/trpc.ts";
import { useToasts } from "../components/toasts.tsx";

/**
 * To be called as soon as a change has been saved; answers what the toast's Undo does. What was before is put back from the log of
 * changes, so that a deleted thing comes back as well, but for its secrets, which the log does not hold.
 */
export const useUndo = () => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const lastChange = async (targetId: string) => (await api.client.audit.list.query({ targetId, limit: 1 })).items[0];
  return (targetId: string): (() => void) => {
    const ours = lastChange(targetId);
    return () => {
      void (async () => {
        try {
          const [mine, last] = [await ours, await lastChange(targetId)];
          if (mine === undefined || last?.id !== mine.id) {
            toasts.done("Not undone", { more: `${last?.actorName ?? "Somebody"} has changed it since.` });
            return;
          }
          const { notRestored } = await api.client.audit.restore.mutate({ id: mine.id });
          await api.invalidate();
          toasts.done("Undone", notRestored.length === 0 ? {} : { more: `To be entered again: ${notRestored.join(", ")}.` });
        } catch (error) {
          toasts.failed("Not undone", error);
        }
      })();
    };
  };
};
