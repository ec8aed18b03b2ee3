/** Replaces the key in the webhooks' addresses: asks first, then shows the new addresses. */
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { Grace } from "../../cloudonix/grace.tsx";
import { webhookLines } from "../../cloudonix/webhook-lines.ts";

export const RotateKey = () => {
  const [isAsking, setAsking] = useState(false);
  const toasts = useToasts();
  const api = trpc.useUtils();
  const rotate = trpc.tenant.rotateWebhookKey.useMutation({
    gcTime: 0,
    onSuccess: () => void api.tenant.invalidate(),
    onError: (error) => toasts.failed("The tenant key was not replaced", error),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>Make a new tenant key…</Button>
      {isAsking && (
        <ConfirmDialog
          title="Make a new tenant key?"
          action="Make a new key"
          isPending={rotate.isPending}
          onConfirm={() => rotate.mutate()}
          onClose={() => setAsking(false)}
        >
          All three addresses change and have to be entered at Cloudonix anew. Those of now work for 24 hours more; addresses from an
          earlier change stop working at once.
        </ConfirmDialog>
      )}
      {rotate.data !== undefined && (
        <SecretDialog title="The new addresses" secrets={webhookLines(rotate.data.webhooks)} onClose={rotate.reset}>
          <p>Enter them at Cloudonix in place of those before. They stay on this page.</p>
          <Grace what="Each address before" until={rotate.data.previousValidUntil} />
        </SecretDialog>
      )}
    </>
  );
};
