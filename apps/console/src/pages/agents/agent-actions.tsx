/** What admins do to an agent beside changing its fields. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Agent, AgentStanding } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { InUseDialog } from "../../components/in-use-dialog.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { useDeleting } from "../../forms/use-deleting.ts";
import { useOnce } from "../../forms/use-once.ts";

const useOperations = ({ id, name }: Agent) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const { isPending, once } = useOnce();
  /** Answers whether it was done. */
  const run = async (what: string, operate: () => Promise<unknown>): Promise<boolean> => {
    try {
      await operate();
      await api.agents.statuses.invalidate();
      return true;
    } catch (error) {
      toasts.failed(`“${name}” was not ${what}`, error);
      return false;
    }
  };
  const restore = async () => {
    const done = await run("made healthy", () => api.client.agents.restore.mutate({ id }));
    if (done) toasts.done(`“${name}” is healthy`, { more: "Its failures are forgotten; it gets its part of the calls at once." });
  };
  const eject = async () => {
    const done = await run("ejected", () => api.client.agents.eject.mutate({ id }));
    if (done) toasts.done(`“${name}” is ejected`, { more: "Calls go to others until it is tried again.", undo: () => void restore() });
  };
  const reset = async () => {
    const done = await run("reset", () => api.client.agents.resetCounters.mutate({ id }));
    if (done) toasts.done(`The counters of “${name}” start anew`);
  };
  return { isPending, restore: () => void once(restore), eject: () => void once(eject), reset: () => once(reset) };
};

const DeleteButton = ({ agent }: { agent: Agent }) => {
  const api = trpc.useUtils();
  const navigate = useNavigate();
  const remove = trpc.agents.delete.useMutation();
  const deleting = useDeleting({
    thing: agent,
    remove: () => remove.mutateAsync({ id: agent.id }),
    onDeleted: async () => {
      await navigate({ to: "/agents", ignoreBlocker: true });
      await api.agents.invalidate();
    },
  });
  return (
    <>
      <Button weight="danger" onClick={deleting.start} aria-disabled={deleting.isPending}>
        Delete
      </Button>
      {deleting.users.length > 0 && <InUseDialog name={agent.name} references={deleting.users} onClose={deleting.forgetUsers} />}
    </>
  );
};

export const AgentActions = ({ agent, standing }: { agent: Agent; standing: AgentStanding | null }) => {
  const { isPending, eject, restore, reset } = useOperations(agent);
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap gap-2">
      {standing !== null && standing.health !== "healthy" && (
        <Button onClick={restore} aria-disabled={isPending}>
          Make healthy
        </Button>
      )}
      {standing !== null && standing.health !== "ejected" && (
        <Button onClick={eject} aria-disabled={isPending}>
          Eject now
        </Button>
      )}
      <Button onClick={() => setAsking(true)}>Reset counters</Button>
      <DeleteButton agent={agent} />
      {isAsking && (
        <ConfirmDialog
          title={`Start the counters of “${agent.name}” anew?`}
          action="Reset counters"
          isPending={isPending}
          onConfirm={() => void reset().then(() => setAsking(false))}
          onClose={() => setAsking(false)}
        >
          The calls that it got in the window are forgotten, in every group, and it starts level with the others. This can’t be undone.
          Calls on the line and call records stay as they are.
        </ConfirmDialog>
      )}
    </div>
  );
};
