/** Adds a person, with the password they sign in with first. */
import { newUserInput } from "@switchboard/routing/input/user";
import { trpc } from "../../api/trpc.ts";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { CreateForm } from "../../forms/create-form.tsx";
import { textOrNull } from "../../forms/typed-values.ts";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { roleHint, roleOptions } from "./role-words.ts";

export const NewPerson = ({ onClose, onCreated }: { onClose: () => void; onCreated: () => void }) => {
  const form = useFormOf(newUserInput, { email: "", name: null, password: "", role: "user" });
  const { errors } = form.formState;
  const create = trpc.users.create.useMutation();
  const api = trpc.useUtils();
  const toasts = useToasts();
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: ({ email }) => {
      toasts.done(`${email} may sign in now`);
      void api.users.invalidate();
      onCreated();
    },
  });
  return (
    <Dialog title="Add a person" onClose={onClose}>
      <CreateForm label="Add a person" creating={creating} action="Add" onCancel={onClose}>
        <Field label="E-mail" type="email" autoComplete="off" error={errors.email?.message} {...form.register("email")} />
        <Field
          label="Name, if you like"
          autoComplete="off"
          error={errors.name?.message}
          {...form.register("name", { setValueAs: textOrNull })}
        />
        <SelectField label="Role" options={roleOptions} hint={roleHint} error={errors.role?.message} {...form.register("role")} />
        <PasswordField
          label="First password"
          autoComplete="new-password"
          hint="12 characters or more. Tell it to them; they can change it under My account."
          error={errors.password?.message}
          {...form.register("password")}
        />
      </CreateForm>
    </Dialog>
  );
};
