/** What an admin may change of the tenant. */
import type { AppRouter } from "@switchboard/api/router";
import { tenantChange } from "@switchboard/routing/input/tenant";
import type { inferRouterOutputs } from "@trpc/server";
import { FormProvider, type UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { EditForm } from "../../forms/edit-form.tsx";
import { FallbackField } from "../../forms/fallback-field.tsx";
import { numberOrNull, textOrNull } from "../../forms/typed-values.ts";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import { AliasesField } from "./aliases-field.tsx";
import { countryOptions } from "./countries.ts";
import { useTenantWords } from "./tenant-words.ts";

export type Tenant = inferRouterOutputs<AppRouter>["tenant"]["get"] & { id: string };

const tenantInput = tenantChange.omit({ version: true, cloudonixKey: true, payloadDays: true, recordMonths: true }).required();
export type TenantValues = z.input<typeof tenantInput>;
export type TenantFormOf = UseFormReturn<TenantValues, unknown, z.output<typeof tenantInput>>;

const valuesOf = ({ name, domain, aliases, country, maxConcurrentCalls, fallback }: Tenant): TenantValues => ({
  ...{ name, domain, aliases, country, maxConcurrentCalls, fallback },
});

const useTenantEditing = (tenant: Tenant) => {
  const form = useFormOf(tenantInput, valuesOf(tenant));
  const update = trpc.tenant.update.useMutation();
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const { id } = tenant;
  const editing = useEditing({
    ...{ form, item: tenant, valuesOf },
    read: async () => ({ ...(await api.tenant.get.fetch()), id }),
    save: async (changed, { version }) => ({ ...(await update.mutateAsync({ version, ...changed })), id }),
    onSaved: ({ id: _, ...saved }) => {
      toasts.done("The settings were saved", { undo: undoOf(id) });
      api.tenant.get.setData(undefined, saved);
    },
  });
  return { form, editing };
};

const Identity = ({ form }: { form: TenantFormOf }) => {
  const { errors } = form.formState;
  return (
    <Section title="Name and domain" about="Webhooks are taken for these domains only, each of which is one tenant’s.">
      <div className="grid gap-4">
        <Field label="Name" error={errors.name?.message} {...form.register("name")} />
        <Field label="Cloudonix domain" error={errors.domain?.message} isMono {...form.register("domain")} />
        <AliasesField form={form} />
      </div>
    </Section>
  );
};

const Calls = ({ form }: { form: TenantFormOf }) => {
  const { errors } = form.formState;
  return (
    <Section title="Numbers and limits" about="What holds for all calls of the tenant.">
      <div className="grid gap-4">
        <SelectField
          label="Country"
          options={[{ value: "", label: "None" }, ...countryOptions]}
          hint="Where numbers belong that are written without a country code. Rules are read anew when it changes."
          error={errors.country?.message}
          {...form.register("country", { setValueAs: textOrNull })}
        />
        <Field
          label="Calls at once"
          type="number"
          min={0}
          inputMode="numeric"
          placeholder="No limit"
          hint="When as many are on the line, the next ones are refused as busy. 0 takes none; empty sets no limit."
          error={errors.maxConcurrentCalls?.message}
          {...form.register("maxConcurrentCalls", { setValueAs: numberOrNull })}
        />
      </div>
    </Section>
  );
};

export const TenantForm = ({ tenant }: { tenant: Tenant }) => {
  const { form, editing } = useTenantEditing(tenant);
  return (
    <FormProvider {...form}>
      <EditForm label="The tenant" editing={editing} fields={useTenantWords()} what="these settings">
        <div>
          <Identity form={form} />
          <Calls form={form} />
          <Section title="Fallback" about="What happens to a call when neither its rule nor its group say so.">
            <FallbackField level="tenant" />
          </Section>
        </div>
      </EditForm>
    </FormProvider>
  );
};
