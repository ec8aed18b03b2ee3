/** One person: their name and rights, a new password, and taking them off the list. */
import type { User } from "@switchboard/api/schemas/auth";
import { useState } from "react";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { PersonForm } from "./person-form.tsx";
import { ResetPassword } from "./reset-password.tsx";

const RemovePerson = ({ person, onClose, onGone }: { person: User; onClose: () => void; onGone: () => void }) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const remove = trpc.users.delete.useMutation({
    onSuccess: () => {
      toasts.done(`${person.email} was deleted`);
      void api.users.invalidate();
      onGone();
    },
    onError: (error) => toasts.failed(`${person.email} was not deleted`, error),
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      title={`Delete ${person.email}?`}
      action="Delete"
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ id: person.id })}
      onClose={onClose}
    >
      They are signed out at once and can’t sign in any more. To keep them out for a while only, take away “May sign in” instead.
    </ConfirmDialog>
  );
};

const Person = ({ person, onGone }: { person: User; onGone: () => void }) => {
  const [asked, setAsked] = useState<"password" | "delete" | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <h2 className="mb-4 truncate pr-8 text-base leading-6 font-semibold">{person.name ?? person.email}</h2>
      <PersonForm person={person} />
      <div className="mt-5 flex flex-wrap gap-2 border-t border-line pt-4">
        <Button onClick={() => setAsked("password")}>Set a new password…</Button>
        <Button weight="danger" onClick={() => setAsked("delete")}>
          Delete…
        </Button>
      </div>
      {asked === "password" && <ResetPassword person={person} onClose={close} />}
      {asked === "delete" && <RemovePerson person={person} onClose={close} onGone={onGone} />}
    </>
  );
};

type Props = { person: User | null; onClose: () => void; onGone: () => void };

export const PersonPanel = ({ person, onClose, onGone }: Props) => (
  <SidePanel label="The person" onClose={onClose}>
    {person === null ? <p className="pr-8 text-ink-2">There is no such person here.</p> : <Person person={person} onGone={onGone} />}
  </SidePanel>
);
