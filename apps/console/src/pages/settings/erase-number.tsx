/** Asks for a number, shows how it is understood, and has it erased once it was typed again. */
import { numbersMeant } from "@switchboard/routing/number";
import { useState } from "react";
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Field } from "../../components/field.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { usePhoneFormat } from "../../format/phone.ts";
import { useCountry } from "../../format/use-country.ts";

const unreadable = "Write one whole number with its country code, such as +44 20 7946 0000.";

type AskProps = { number: string; isPending: boolean; onConfirm: () => void; onClose: () => void };

const Ask = ({ number, ...rest }: AskProps) => (
  <ConfirmDialog title={`Erase ${usePhoneFormat()(number)}?`} action="Erase the number" typed={number} {...rest}>
    It is taken out of call records, timelines, the webhook log, the audit log and whatever else is kept, in this server’s stores and files,
    and exports that may hold it are removed. This can’t be undone. Rules and other settings that name it stay as they are.
  </ConfirmDialog>
);

const useErasing = (onErased: () => void, onRefused: (words: string) => void) => {
  const toasts = useToasts();
  const api = trpc.useUtils();
  return trpc.erasures.create.useMutation({
    onSuccess: ({ number }) => {
      toasts.done(`${number} is being erased`);
      onErased();
      void api.erasures.list.invalidate();
    },
    onError: (error) => onRefused(failureOf(error).message),
  });
};

export const EraseNumber = () => {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const format = usePhoneFormat();
  const erase = useErasing(() => setTyped(""), setProblem);
  const [meant] = numbersMeant(typed, useCountry());
  return (
    <form
      aria-label="Erase a number"
      className="grid justify-items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(meant === undefined ? unreadable : undefined);
        setAsked(meant ?? null);
      }}
    >
      <Field
        label="Number"
        inputMode="tel"
        autoComplete="off"
        isMono
        className="w-full max-w-72"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        hint={meant === undefined ? "In any writing; all writings of it are found." : `Understood as ${format(meant)}.`}
        error={problem}
      />
      <Button type="submit" weight="danger">
        Erase…
      </Button>
      {asked !== null && (
        <Ask
          number={asked}
          isPending={erase.isPending}
          onConfirm={() => erase.mutate({ number: asked }, { onSettled: () => setAsked(null) })}
          onClose={() => setAsked(null)}
        />
      )}
    </form>
  );
};
