/** The first visit: whoever has the machine's set-up token creates the first tenant and its admin, and is shown its secrets once. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterOutputs } from "@trpc/server";
import { setupInput } from "@switchboard/api/schemas/setup";
import { useState } from "react";
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { webhookLines } from "../../cloudonix/webhook-lines.ts";
import { Button } from "../../components/button.tsx";
import { CopiedLine } from "../../components/copied-line.tsx";
import { Entrance } from "../../components/entrance.tsx";
import { Field } from "../../components/field.tsx";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { session } from "../../session/session.ts";

type Created = inferRouterOutputs<AppRouter>["auth"]["setup"];

const useSetUp = (onCreated: (created: Created) => void) => {
  const form = useFormOf(setupInput, { setupToken: "", domain: "", email: "", password: "" });
  const setup = trpc.auth.setup.useMutation();
  const creating = useCreating({ form, create: (values) => setup.mutateAsync(values), onCreated });
  return { form, creating };
};

type SetUpFormOf = ReturnType<typeof useSetUp>["form"];

const Fields = ({ form }: { form: SetUpFormOf }) => {
  const { errors } = form.formState;
  return (
    <>
      <PasswordField
        label="Set-up token"
        autoComplete="off"
        autoFocus
        hint="In the file “setup-token” of the data directory."
        error={errors.setupToken?.message}
        {...form.register("setupToken")}
      />
      <Field
        label="Cloudonix domain"
        placeholder="acme.cloudonix.net"
        autoComplete="off"
        spellCheck={false}
        hint="Whose calls come here."
        error={errors.domain?.message}
        {...form.register("domain")}
      />
      <Field label="Your e-mail" type="email" autoComplete="username" error={errors.email?.message} {...form.register("email")} />
      <PasswordField
        label="Your password"
        autoComplete="new-password"
        hint="12 characters or more."
        error={errors.password?.message}
        {...form.register("password")}
      />
    </>
  );
};

const SetUpForm = ({ onCreated }: { onCreated: (created: Created) => void }) => {
  const { form, creating } = useSetUp(onCreated);
  const { failure, isPending } = creating;
  return (
    <form
      noValidate
      aria-label="Set up Switchboard"
      onSubmit={(event) => {
        event.preventDefault();
        creating.submit();
      }}
      className="grid gap-4"
    >
      {failure === null || failure.isPlaced ? (
        <p className="text-ink-2">Nobody can sign in yet. Whoever has this machine creates the first tenant and its first admin.</p>
      ) : (
        <Notice tone="bad">{failureOf(failure.error).message}</Notice>
      )}
      <Fields form={form} />
      <Button type="submit" weight="primary" aria-disabled={isPending} className="mt-1 min-h-9">
        {isPending ? "Setting up…" : "Set up"}
      </Button>
    </form>
  );
};

const Secrets = ({ created }: { created: Created }) => (
  <>
    <Notice tone="info">Enter these at Cloudonix. The bearer token is shown this once; the addresses stay under Settings.</Notice>
    <dl className="grid gap-3">
      <CopiedLine name="Bearer token" text={created.webhookToken} />
      {webhookLines(created.webhooks).map((line) => (
        <CopiedLine key={line.name} {...line} />
      ))}
    </dl>
    <Button weight="primary" className="min-h-9" autoFocus onClick={() => session.signIn(created)}>
      Open the console
    </Button>
  </>
);

export const SetUpPage = () => {
  const [created, setCreated] = useState<Created | null>(null);
  return (
    <Entrance title={created === null ? "Set up Switchboard" : "Switchboard is set up"} isWide={created !== null}>
      {created === null ? <SetUpForm onCreated={setCreated} /> : <Secrets created={created} />}
    </Entrance>
  );
};
