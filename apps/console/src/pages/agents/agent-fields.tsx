/** The fields of a voice agent, within a FormProvider. */
import { findProvider } from "@switchboard/routing/provider-catalogue";
import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { numberOrNull, textOrNull } from "../../forms/typed-values.ts";
import { type AgentValues, capacityWords } from "./agent-form.ts";
import { AgentPassword } from "./agent-password.tsx";
import { ProviderField } from "./provider-field.tsx";
import { credentialWords } from "./provider-words.ts";

const Credentials = ({ hasPassword }: { hasPassword: boolean }) => {
  const { register, control, formState } = useFormContext<AgentValues>();
  const provider = findProvider(useWatch({ control, name: "provider" }));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-0.5 font-[550] text-ink-2">Credentials</legend>
      <p className="text-xs text-ink-3">{credentialWords(provider)}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Username"
          {...register("username", { setValueAs: textOrNull })}
          autoComplete="off"
          spellCheck={false}
          error={formState.errors.username?.message}
        />
        <AgentPassword hasPassword={hasPassword} />
      </div>
    </fieldset>
  );
};

const Capacity = () => {
  const { register, control, formState } = useFormContext<AgentValues>();
  const capacity = useWatch({ control, name: "capacity" });
  return (
    <Field
      label="Capacity, in calls at the same time"
      inputMode="numeric"
      autoComplete="off"
      className="sm:max-w-64"
      {...register("capacity", { setValueAs: numberOrNull })}
      placeholder="No limit"
      hint={Number.isNaN(capacity) ? undefined : `${capacityWords(capacity)}. Empty: no limit; 0: no calls.`}
      error={formState.errors.capacity?.message}
    />
  );
};

const Metadata = () => {
  const { register, formState } = useFormContext<AgentValues>();
  const error = formState.errors.metadata?.message;
  return (
    <details open={error === undefined ? undefined : true} className="group">
      <summary className="w-fit cursor-pointer rounded-md py-1 font-[550] text-ink-2 hover:text-ink">
        Metadata, for those who need it
      </summary>
      <div className="mt-2">
        <TextArea
          label="Metadata as JSON"
          isMono
          rows={6}
          spellCheck={false}
          {...register("metadata")}
          placeholder={'{ "assistant": "…" }'}
          hint="Kept with the agent and given back as it is; routing does not look at it."
          error={error}
        />
      </div>
    </details>
  );
};

export const AgentFields = ({ hasPassword }: { hasPassword: boolean }) => {
  const { register, formState } = useFormContext<AgentValues>();
  return (
    <div className="grid gap-5">
      <Field label="Name" autoComplete="off" {...register("name")} error={formState.errors.name?.message} />
      <ProviderField />
      <Field
        label="Number at the provider"
        isMono
        autoComplete="off"
        spellCheck={false}
        {...register("serviceValue")}
        placeholder="+15550100101"
        hint="What the provider is dialled with: a number that is declared there and bound to the assistant."
        error={formState.errors.serviceValue?.message}
      />
      <Credentials hasPassword={hasPassword} />
      <Capacity />
      <Metadata />
    </div>
  );
};
