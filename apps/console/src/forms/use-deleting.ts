/** Deletes a thing: with Undo where it went, with what uses it where it could not. */
import { useState } from "react";
import { referencesOf } from "../api/failure.ts";
import type { Reference } from "../components/references.tsx";
import { useToasts } from "../components/toasts.tsx";
import { useOnce } from "./use-once.ts";
import { useUndo } from "./use-undo.ts";

type Options = {
  thing: { id: string; name: string };
  remove: () => Promise<unknown>;
  /** Leads away from what is no more. */
  onDeleted: () => void | Promise<void>;
};

export const useDeleting = ({ thing, remove, onDeleted }: Options) => {
  const toasts = useToasts();
  const undoOf = useUndo();
  const { isPending, once } = useOnce();
  const [users, setUsers] = useState<readonly Reference[]>([]);
  const start = () =>
    void once(async () => {
      try {
        await remove();
      } catch (error) {
        const references = referencesOf(error);
        if (references.length > 0) setUsers(references);
        else toasts.failed(`“${thing.name}” was not deleted`, error);
        return;
      }
      toasts.done(`“${thing.name}” is deleted`, { undo: undoOf(thing.id) });
      await onDeleted();
    });
  return { start, isPending, users, forgetUsers: () => setUsers([]) };
};
