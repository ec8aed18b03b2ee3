/** Hangs calls up, one after the other, and remembers how each went: what failed is told on its row. */
import { useCallback, useState } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";

export type HangUpState = { kind: "pending" } | { kind: "failed"; words: string };

export const useHangingUp = () => {
  const [states, setStates] = useState<ReadonlyMap<string, HangUpState>>(new Map());
  const { mutateAsync } = trpc.calls.hangUp.useMutation();

  const note = useCallback((id: string, state: HangUpState | null) => {
    setStates((before) => {
      const after = new Map(before);
      if (state === null) after.delete(id);
      else after.set(id, state);
      return after;
    });
  }, []);

  const hangUp = useCallback(
    async (ids: readonly string[]) => {
      for (const id of ids) note(id, { kind: "pending" });
      for (const id of ids) {
        try {
          await mutateAsync({ id });
          note(id, null);
        } catch (error) {
          const { code, message } = failureOf(error);
          // It ended by itself meanwhile, which is what was wanted.
          note(id, code === "NOT_FOUND" ? null : { kind: "failed", words: message });
        }
      }
    },
    [mutateAsync, note],
  );
  return { states, hangUp };
};
