/** The API key of Cloudonix: it can be entered, replaced and taken away, never read. */
import { type FormEvent, useState } from "react";
import { fieldIssuesOf, failureOf, isStale } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { VerifyKey } from "./verify-key.tsx";

type Props = { hasKey: boolean; version: number };

const useSaveKey = (onDone: () => void) => {
  const api = trpc.useUtils();
  return trpc.tenant.update.useMutation({
    onSuccess: (tenant) => {
      api.tenant.get.setData(undefined, tenant);
      void api.cloudonix.invalidate();
      onDone();
    },
    onError: (error) => {
      // Somebody changed other settings: the next try is over those.
      if (isStale(error)) void api.tenant.get.invalidate();
    },
  });
};

const RemoveKey = ({ version, onClose }: { version: number; onClose: () => void }) => {
  const toasts = useToasts();
  const save = useSaveKey(() => {
    toasts.done("The API key was removed");
    onClose();
  });
  return (
    <ConfirmDialog
      title="Remove the Cloudonix API key?"
      action="Remove the key"
      isPending={save.isPending}
      onConfirm={() =>
        save.mutate({ version, cloudonixKey: null }, { onError: (error) => toasts.failed("The key was not removed", error) })
      }
      onClose={onClose}
    >
      It can’t be brought back from here; it has to be entered again. Incoming calls are routed all the same.
    </ConfirmDialog>
  );
};

export const CloudonixKey = ({ hasKey, version }: Props) => {
  const [key, setKey] = useState("");
  const [isRemoving, setRemoving] = useState(false);
  const toasts = useToasts();
  const save = useSaveKey(() => {
    setKey("");
    toasts.done("The API key was saved");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate({ version, cloudonixKey: key });
  };
  const error = save.error === null ? undefined : (fieldIssuesOf(save.error)[0]?.message ?? failureOf(save.error).message);
  return (
    <>
      <p className="mb-3 text-ink-2">{hasKey ? "A key is stored." : "No key is stored."}</p>
      <form onSubmit={submit} className="grid gap-3">
        <PasswordField
          label={hasKey ? "A new key in its place" : "API key"}
          name="cloudonixKey"
          autoComplete="off"
          required
          maxLength={512}
          value={key}
          error={error}
          onChange={(event) => setKey(event.target.value)}
        />
        <div className="flex gap-2">
          <Button type="submit" aria-disabled={save.isPending}>
            {save.isPending ? "Saving…" : hasKey ? "Replace the key" : "Save the key"}
          </Button>
          {hasKey && (
            <Button weight="danger" onClick={() => setRemoving(true)}>
              Remove…
            </Button>
          )}
        </div>
      </form>
      {(hasKey || key !== "") && <VerifyKey typed={key} />}
      {isRemoving && <RemoveKey version={version} onClose={() => setRemoving(false)} />}
    </>
  );
};
