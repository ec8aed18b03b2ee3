/** Signing in. */
import { type FormEvent, useRef, useState } from "react";
import { failureOf } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { Button } from "../components/button.tsx";
import { Field } from "../components/field.tsx";
import { Logo } from "../components/logo.tsx";
import { Notice } from "../components/notice.tsx";
import { ThemeSwitch } from "../components/theme-switch.tsx";
import { session } from "../session/session.ts";

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

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
    login.mutate({ email: textOf(form, "email"), password: textOf(form, "password") });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {login.error !== null && <Notice tone="bad">{failureOf(login.error).message}</Notice>}
      <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus inputMode="email" />
      <Field
        label="Password"
        ref={passwordField}
        name="password"
        type="password"
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
  <main className="grid min-h-dvh grid-rows-[1fr_auto] place-items-center gap-8 px-4 py-8">
    <div className="w-full max-w-[336px]">
      <div className="mb-6 flex items-center gap-2.5">
        <Logo />
        <h1 className="text-lg font-semibold tracking-tight">Sign in to Switchboard</h1>
      </div>
      <div className="grid gap-4 rounded-lg border border-line bg-panel p-5 shadow-float">
        {notice !== null && <Notice tone="info">{notice}</Notice>}
        <SignInForm />
      </div>
    </div>
    <ThemeSwitch />
  </main>
);
