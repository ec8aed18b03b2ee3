/** Puts back at Cloudonix what was there before the domain was connected: asks first. */
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { useToasts } from "../../components/toasts.tsx";

export const ConnectionUndo = ({ domain, onDone }: { domain: string; onDone: () => void }) => {
  const [isAsking, setAsking] = useState(false);
  const toasts = useToasts();
  const undo = trpc.cloudonix.undo.useMutation({
    onSuccess: ({ isComplete }) => {
      if (isComplete) toasts.done(`${domain} is as it was before`);
    },
    onError: (error) => toasts.failed("Nothing was put back", error),
    onSettled: () => {
      setAsking(false);
      onDone();
    },
  });
  return (
    <>
      <Button weight="danger" onClick={() => setAsking(true)}>
        Undo…
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Put ${domain} back as it was?`}
          action="Put it back"
          isPending={undo.isPending}
          onConfirm={() => undo.mutate()}
          onClose={() => setAsking(false)}
        >
          What was set at Cloudonix before the domain was connected is set again; calls then go where they went before. What somebody
          changed there since is left alone.
        </ConfirmDialog>
      )}
    </>
  );
};
