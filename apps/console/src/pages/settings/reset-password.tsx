/** Gives another person a new password; they are signed out everywhere. */
import type { User } from "@switchboard/api/schemas/auth";
import { type FormEvent, useState } from "react";
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useToasts } from "../../components/toasts.tsx";

export const ResetPassword = ({ person, onClose }: { person: User; onClose: () => void }) => {
  const [password, setPassword] = useState("");
  const api = trpc.useUtils();
  const toasts = useToasts();
  const update = trpc.users.update.useMutation({
    onSuccess: () => {
      toasts.done(`${person.email} has a new password`, { more: "They have been signed out everywhere." });
      onClose();
    },
    onSettled: () => void api.users.invalidate(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!update.isPending) update.mutate({ id: person.id, version: person.version, password });
  };
  return (
    <Dialog title={`A new password for ${person.email}`} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <PasswordField
          label="New password"
          autoComplete="new-password"
          required
          value={password}
          hint="12 characters or more. Tell it to them; they are signed out everywhere and sign in with it."
          error={update.error === null ? undefined : failureOf(update.error).message}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" weight="primary" aria-disabled={update.isPending}>
            {update.isPending ? "Saving…" : "Set the password"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
