/** An admin's own name. */
import type { User } from "@switchboard/api/schemas/auth";
import { type FormEvent, useState } from "react";
import { failureOf, isStale } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { session } from "../../session/session.ts";

export const OwnName = ({ user }: { user: User }) => {
  const [name, setName] = useState(user.name ?? "");
  const api = trpc.useUtils();
  const toasts = useToasts();
  const update = trpc.users.update.useMutation({
    onSuccess: (saved) => {
      api.auth.user.setData(undefined, saved);
      session.nowKnownAs(saved);
      toasts.done("Your name was saved");
    },
    onError: (error) => {
      if (isStale(error)) void api.auth.user.invalidate();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!update.isPending) update.mutate({ id: user.id, version: user.version, name: name.trim() === "" ? null : name });
  };
  return (
    <form onSubmit={submit} className="mt-4 grid justify-items-start gap-3">
      <Field
        label="Name"
        autoComplete="name"
        maxLength={100}
        value={name}
        error={update.error === null ? undefined : failureOf(update.error).message}
        onChange={(event) => setName(event.target.value)}
        className="w-full"
      />
      <Button type="submit" aria-disabled={update.isPending}>
        {update.isPending ? "Saving…" : "Save the name"}
      </Button>
    </form>
  );
};
