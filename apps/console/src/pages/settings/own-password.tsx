/** Changing one's own password with the one of now. */
import { passwordChange } from "@switchboard/routing/input/user";
import { trpc } from "../../api/trpc.ts";
import { Button } from "../../components/button.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { FormFailure } from "../../forms/form-failure.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useSession } from "../../session/use-session.ts";

const useChanging = () => {
  const form = useFormOf(passwordChange, { currentPassword: "", newPassword: "" });
  const toasts = useToasts();
  const change = trpc.auth.password.useMutation();
  const changing = useCreating({
    form,
    create: (values) => change.mutateAsync(values),
    onCreated: () => {
      form.reset();
      toasts.done("Your password was changed", { more: "Wherever else you were signed in, you are signed out." });
    },
  });
  return { form, changing };
};

export const OwnPassword = () => {
  const state = useSession();
  const { form, changing } = useChanging();
  const { errors } = form.formState;
  return (
    <form
      noValidate
      aria-label="Password"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        changing.submit();
      }}
    >
      {/* So that a password manager knows whose it is. */}
      <input type="email" autoComplete="username" value={state.kind === "signed_in" ? state.session.user.email : ""} readOnly hidden />
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        error={errors.currentPassword?.message}
        {...form.register("currentPassword")}
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        hint="12 characters or more."
        error={errors.newPassword?.message}
        {...form.register("newPassword")}
      />
      <FormFailure failure={changing.failure} />
      <div>
        <Button type="submit" aria-disabled={changing.isPending}>
          {changing.isPending ? "Changing…" : "Change the password"}
        </Button>
      </div>
    </form>
  );
};
