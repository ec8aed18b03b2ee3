/** Replaces the bearer token: asks first, then shows the new one this once. */
import { useState } from "react";
import { trpc } from "../api/trpc.ts";
import { Button } from "../components/button.tsx";
import { ConfirmDialog } from "../components/confirm-dialog.tsx";
import { SecretDialog } from "../components/secret-dialog.tsx";
import { useToasts } from "../components/toasts.tsx";
import { Grace } from "./grace.tsx";

export const RotateToken = () => {
  const [isAsking, setAsking] = useState(false);
  const toasts = useToasts();
  const rotate = trpc.tenant.rotateWebhookToken.useMutation({
    // What it answers is a secret: it goes with the dialog.
    gcTime: 0,
    onError: (error) => toasts.failed("The token was not replaced", error),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>Make a new token…</Button>
      {isAsking && (
        <ConfirmDialog
          title="Make a new bearer token?"
          action="Make a new token"
          isPending={rotate.isPending}
          onConfirm={() => rotate.mutate()}
          onClose={() => setAsking(false)}
        >
          You are shown the new token once, to enter it at Cloudonix. The one before works for 24 hours more, so no call is refused
          meanwhile.
        </ConfirmDialog>
      )}
      {rotate.data !== undefined && (
        <SecretDialog
          title="The new bearer token"
          secrets={[{ name: "Bearer token", text: rotate.data.webhookToken }]}
          onClose={rotate.reset}
        >
          <p>It is shown this once. Enter it at Cloudonix in place of the one before.</p>
          <Grace what="The token before it" until={rotate.data.previousValidUntil} />
        </SecretDialog>
      )}
    </>
  );
};
