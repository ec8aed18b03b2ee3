/** Signing in. */
import { type FormEvent, useRef, useState } from "react";
import { failureOf } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { Entrance } from "../../components/entrance.tsx";
import { Field } from "../../components/field.tsx";
import { formText } from "../../components/form-text.ts";
import { Notice } from "../../components/notice.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { session } from "../../session/session.ts";

const SignInForm = () => {
  const [password, setPassword] = useState("");
  const passwordField = useRef<HTMLInputElement>(null);
  const login = trpc.auth.login.useMutation({
    onSuccess: session.signIn,
    onError: () => {
      setPassword("");
      passwordField.current?.focus();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (login.isPending) return;
    const form = new FormData(event.currentTarget);
    login.mutate({ email: formText(form, "email"), password: formText(form, "password") });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {login.error !== null && <Notice tone="bad">{failureOf(login.error).message}</Notice>}
      <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus inputMode="email" />
      <PasswordField
        label="Password"
        ref={passwordField}
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button type="submit" weight="primary" aria-disabled={login.isPending} className="mt-1 min-h-9">
        {login.isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
};

export const SignInPage = ({ notice }: { notice: string | null }) => (
  <Entrance title="Sign in to Switchboard">
    {notice !== null && <Notice tone="info">{notice}</Notice>}
    <SignInForm />
  </Entrance>
);
