/** The name and the rights of a person. */
import type { User } from "@switchboard/api/schemas/auth";
import { userChange } from "@switchboard/routing/input/user";
import { Controller } from "react-hook-form";
import type { z } from "zod";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { Switch } from "../../components/switch.tsx";
import { useToasts } from "../../components/toasts.tsx";
import type { FieldInWords } from "../../forms/differences.ts";
import { EditForm } from "../../forms/edit-form.tsx";
import { textOrNull } from "../../forms/typed-values.ts";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import { roleHint, roleOptions, roleWords } from "./role-words.ts";

const personInput = userChange.omit({ version: true, password: true }).required();
type Values = z.input<typeof personInput>;

const valuesOf = ({ email, name, role, enabled }: User): Values => ({ email, name, role, enabled });

const fields: readonly FieldInWords<Values>[] = [
  { name: "email", label: "E-mail", say: ({ email }) => email },
  { name: "name", label: "Name", say: ({ name }) => name ?? "none" },
  { name: "role", label: "Role", say: ({ role }) => roleWords[role] },
  { name: "enabled", label: "May sign in", say: ({ enabled }) => (enabled ? "yes" : "no") },
];

/** People are read by pages: the most that are looked through for one. */
const mostPages = 50;

const useRead = (person: User) => {
  const api = trpc.useUtils();
  return async (): Promise<User> => {
    await api.users.invalidate();
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const { items, nextCursor } = await api.client.users.list.query({ limit: 200, cursor });
      const found = items.find(({ id }) => id === person.id);
      if (found !== undefined) return found;
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    return person;
  };
};

const usePersonEditing = (person: User) => {
  const form = useFormOf(personInput, valuesOf(person));
  const update = trpc.users.update.useMutation();
  const read = useRead(person);
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const editing = useEditing({
    ...{ form, item: person, valuesOf, read },
    save: (changed, { id, version }) => update.mutateAsync({ id, version, ...changed }),
    onSaved: ({ id, email }) => {
      toasts.done(`${email} was saved`, { undo: undoOf(id) });
      void api.users.invalidate();
    },
  });
  return { form, editing };
};

export const PersonForm = ({ person }: { person: User }) => {
  const { form, editing } = usePersonEditing(person);
  const { errors } = form.formState;
  return (
    <EditForm label="Person" editing={editing} fields={fields} what="this person">
      <Field label="E-mail" type="email" autoComplete="off" error={errors.email?.message} {...form.register("email")} />
      <Field label="Name" autoComplete="off" error={errors.name?.message} {...form.register("name", { setValueAs: textOrNull })} />
      <SelectField label="Role" options={roleOptions} hint={roleHint} error={errors.role?.message} {...form.register("role")} />
      <Controller
        control={form.control}
        name="enabled"
        render={({ field, fieldState }) => (
          <div className="grid gap-1.5">
            <div className="flex items-center justify-between">
              <span className="font-[550] text-ink-2">May sign in</span>
              <Switch label="May sign in" isOn={field.value} onChange={field.onChange} />
            </div>
            {fieldState.error !== undefined && (
              <p role="alert" className="text-xs text-bad">
                {fieldState.error.message}
              </p>
            )}
          </div>
        )}
      />
    </EditForm>
  );
};
