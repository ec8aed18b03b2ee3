/** What an admin may change of the tenant. */
import { tenantChange } from "@switchboard/routing/input/tenant";
import { FormProvider, type UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import { Field } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { EditForm } from "../../forms/edit-form.tsx";
import { FallbackField } from "../../forms/fallback-field.tsx";
import { numberOrNull, textOrNull } from "../../forms/typed-values.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { AliasesField } from "./aliases-field.tsx";
import { countryOptions } from "./countries.ts";
import { useTenantWords } from "./tenant-words.ts";
import { type Tenant, useTenantEditing } from "./use-tenant-editing.ts";

const tenantInput = tenantChange.omit({ version: true, cloudonixKey: true, payloadDays: true, recordMonths: true }).required();
export type TenantValues = z.input<typeof tenantInput>;
export type TenantFormOf = UseFormReturn<TenantValues, unknown, z.output<typeof tenantInput>>;

const valuesOf = ({ name, domain, aliases, country, maxConcurrentCalls, fallback }: Tenant): TenantValues => ({
  ...{ name, domain, aliases, country, maxConcurrentCalls, fallback },
});

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
  const form = useFormOf(tenantInput, valuesOf(tenant));
  const editing = useTenantEditing({ form, tenant, valuesOf, savedWords: "The settings were saved" });
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
