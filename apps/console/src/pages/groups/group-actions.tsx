/** What admins do to a group beside changing its fields. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Group } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { InUseDialog } from "../../components/in-use-dialog.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { counted } from "../../format/number.ts";
import { useDeleting } from "../../forms/use-deleting.ts";
import { useOnce } from "../../forms/use-once.ts";

const ResetButton = ({ group }: { group: Group }) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const { isPending, once } = useOnce();
  const [isAsking, setAsking] = useState(false);
  const reset = async () => {
    const results = await Promise.allSettled(group.members.map(({ agentId }) => api.client.agents.resetCounters.mutate({ id: agentId })));
    const failed = results.filter((result) => result.status === "rejected");
    if (failed[0] === undefined) toasts.done(`The counters of ${counted(results.length, "member")} start anew`);
    else toasts.failed(`${failed.length} of ${counted(results.length, "member")} kept their counters`, failed[0].reason);
    setAsking(false);
    await Promise.all([api.agents.invalidate(), api.groups.invalidate()]);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Reset counters</Button>
      {isAsking && (
        <ConfirmDialog
          title="Start the counters of all members anew?"
          action="Reset counters"
          isPending={isPending}
          onConfirm={() => void once(reset)}
          onClose={() => setAsking(false)}
        >
          The calls that these {counted(group.members.length, "agent")} got in the window are forgotten, also in the other groups they are
          in, and they start level. This can’t be undone. Calls on the line, call records and the shares shown here stay as they are.
        </ConfirmDialog>
      )}
    </>
  );
};

export const GroupActions = ({ group }: { group: Group }) => {
  const api = trpc.useUtils();
  const navigate = useNavigate();
  const remove = trpc.groups.delete.useMutation();
  const deleting = useDeleting({
    thing: group,
    remove: () => remove.mutateAsync({ id: group.id }),
    onDeleted: async () => {
      await navigate({ to: "/groups", ignoreBlocker: true });
      await Promise.all([api.groups.invalidate(), api.agents.invalidate()]);
    },
  });
  return (
    <div className="flex flex-wrap gap-2">
      {group.members.length > 0 && <ResetButton group={group} />}
      <Button weight="danger" onClick={deleting.start} aria-disabled={deleting.isPending}>
        Delete
      </Button>
      {deleting.users.length > 0 && <InUseDialog name={group.name} references={deleting.users} onClose={deleting.forgetUsers} />}
    </div>
  );
};
