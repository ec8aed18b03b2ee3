/** How long webhooks and call records are kept. */
import { tenantChange } from "@switchboard/routing/input/tenant";
import { FormProvider, useFormContext, useWatch } from "react-hook-form";
import type { z } from "zod";
import { Field } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import type { FieldInWords } from "../../forms/differences.ts";
import { EditForm } from "../../forms/edit-form.tsx";
import { numberOrNull } from "../../forms/typed-values.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { type Tenant, useTenantEditing } from "./use-tenant-editing.ts";

const retentionInput = tenantChange.pick({ payloadDays: true, recordMonths: true }).required();
type RetentionValues = z.input<typeof retentionInput>;

const valuesOf = ({ payloadDays, recordMonths }: Tenant): RetentionValues => ({ payloadDays, recordMonths });

const fields: readonly FieldInWords<RetentionValues>[] = [
  { name: "payloadDays", label: "Webhooks, days", say: ({ payloadDays }) => String(payloadDays) },
  { name: "recordMonths", label: "Call records, months", say: ({ recordMonths }) => String(recordMonths) },
];

export const RetentionForm = ({ tenant }: { tenant: Tenant }) => {
  const form = useFormOf(retentionInput, valuesOf(tenant));
  const editing = useTenantEditing({ form, tenant, valuesOf, savedWords: "How long data is kept was saved" });
  return (
    <FormProvider {...form}>
      <EditForm label="How long data is kept" editing={editing} fields={fields} what="how long data is kept">
        <RetentionFields saved={tenant} />
      </EditForm>
    </FormProvider>
  );
};

type LimitProps = { name: keyof RetentionValues; label: string; max: number; hint: string };

const Limit = ({ name, label, max, hint }: LimitProps) => {
  const { register, formState } = useFormContext<RetentionValues>();
  return (
    <Field
      {...{ label, max, hint }}
      type="number"
      min={1}
      inputMode="numeric"
      className="max-w-72"
      error={formState.errors[name]?.message}
      {...register(name, { setValueAs: numberOrNull })}
    />
  );
};

const RetentionFields = ({ saved }: { saved: Tenant }) => {
  const now = useWatch<RetentionValues>();
  const isShorter = Number(now.payloadDays) < saved.payloadDays || Number(now.recordMonths) < saved.recordMonths;
  return (
    <Section
      title="How long data is kept"
      about="What is older is removed every hour, little by little. Figures are kept whatever you choose: by days, for ever."
    >
      <div className="grid gap-4">
        <Limit
          name="payloadDays"
          label="Webhooks, in days"
          max={365}
          hint="What arrived and what was answered, CDRs without a call, events that could not be stored. 1 to 365."
        />
        <Limit name="recordMonths" label="Call records, in months" max={120} hint="With their attempts and timelines. 1 to 120." />
        <p role="status" className="text-ring empty:hidden">
          {isShorter ? "Once saved, what is older goes within the hour, and does not come back." : ""}
        </p>
      </div>
    </Section>
  );
};
