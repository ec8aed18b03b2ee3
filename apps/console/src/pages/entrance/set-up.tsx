/** The first visit: whoever has the machine's set-up token creates the first tenant and its admin, and is shown its secrets once. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterOutputs } from "@trpc/server";
import { type FormEvent, useState } from "react";
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { Entrance } from "../../components/entrance.tsx";
import { Field } from "../../components/field.tsx";
import { formText } from "../../components/form-text.ts";
import { Notice } from "../../components/notice.tsx";
import { session } from "../../session/session.ts";

type Created = inferRouterOutputs<AppRouter>["auth"]["setup"];

const SetUpForm = ({ onCreated }: { onCreated: (created: Created) => void }) => {
  const setup = trpc.auth.setup.useMutation({ onSuccess: onCreated });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (setup.isPending) return;
    const form = new FormData(event.currentTarget);
    const [setupToken, domain] = [formText(form, "setupToken"), formText(form, "domain")];
    setup.mutate({ setupToken, domain, email: formText(form, "email"), password: formText(form, "password") });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {setup.error === null ? (
        <p className="text-ink-2">Nobody can sign in yet. The set-up token is in the file “setup-token” of the data directory.</p>
      ) : (
        <Notice tone="bad">{failureOf(setup.error).message}</Notice>
      )}
      <Field label="Set-up token" name="setupToken" type="password" autoComplete="off" required autoFocus />
      <Field label="Cloudonix domain" name="domain" placeholder="acme.cloudonix.net" required />
      <Field label="Your e-mail" name="email" type="email" autoComplete="username" required inputMode="email" />
      <Field label="Your password, 12 characters or more" name="password" type="password" autoComplete="new-password" required />
      <Button type="submit" weight="primary" aria-disabled={setup.isPending} className="mt-1 min-h-9">
        {setup.isPending ? "Setting up…" : "Set up"}
      </Button>
    </form>
  );
};

const Secrets = ({ created }: { created: Created }) => {
  const { webhookToken, webhooks } = created;
  const shown = {
    "Bearer token": webhookToken,
    "Voice application": webhooks.voiceApplication,
    "Session updates": webhooks.sessionUpdate,
    CDRs: webhooks.cdr,
  };
  return (
    <>
      <Notice tone="info">Enter these at Cloudonix. The bearer token is shown this once.</Notice>
      <dl className="grid gap-3">
        {Object.entries(shown).map(([name, text]) => (
          <div key={name} className="grid gap-1">
            <dt className="font-[550] text-ink-2">{name}</dt>
            <dd className="flex gap-1">
              <code className="min-w-0 flex-1 break-all">{text}</code>
              <CopyButton text={text} what={name} />
            </dd>
          </div>
        ))}
      </dl>
      <Button weight="primary" className="min-h-9" onClick={() => session.signIn(created)}>
        Open the console
      </Button>
    </>
  );
};

export const SetUpPage = () => {
  const [created, setCreated] = useState<Created | null>(null);
  return (
    <Entrance title={created === null ? "Set up Switchboard" : "Switchboard is set up"}>
      {created === null ? <SetUpForm onCreated={setCreated} /> : <Secrets created={created} />}
    </Entrance>
  );
};
