/** What holds for every call out: where none may go, and how many may. */
import { useMemo } from "react";
import { FormProvider } from "react-hook-form";
import type { OutboundPolicy } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Fact, Facts } from "../../components/facts.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { phraseOfPrefix, textOfPhrase } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { EditForm } from "../../forms/edit-form.tsx";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { useTenantId } from "../../session/use-tenant-id.ts";
import { PolicyFields } from "./policy-fields.tsx";
import { limitWords, policyFields, policyForm, policyValuesOf } from "./policy-form.ts";

type Identified = OutboundPolicy & { id: string };

const PolicyForm = ({ policy, country }: { policy: Identified; country: string | null }) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const update = trpc.outboundPolicy.update.useMutation();
  const { id } = policy;
  const schema = useMemo(() => policyForm(country), [country]);
  const form = useFormOf(schema, policyValuesOf(policy));
  const editing = useEditing({
    ...{ form, item: policy, valuesOf: policyValuesOf },
    read: async () => ({ ...(await api.client.outboundPolicy.get.query()), id }),
    save: async (changed, { version }) => ({ ...(await update.mutateAsync({ ...changed, version })), id }),
    onSaved: ({ id: _, ...saved }) => {
      toasts.done("The outbound policy is saved", { undo: undoOf(id) });
      api.outboundPolicy.get.setData(undefined, saved);
    },
  });
  return (
    <FormProvider {...form}>
      <EditForm label="Outbound policy" editing={editing} fields={policyFields} what="the outbound policy">
        <PolicyFields />
      </EditForm>
    </FormProvider>
  );
};

const ForAdmin = ({ policy }: { policy: OutboundPolicy }) => {
  const { id, error, isLoading, refetch } = useTenantId();
  const country = useCountry();
  if (isLoading) return <LoadingRows />;
  if (error !== null) return <NotLoaded what="The outbound policy" error={error} onRetry={() => void refetch()} />;
  return <PolicyForm policy={{ ...policy, id: id ?? "" }} country={country} />;
};

const ForReader = ({ policy: { deny, maxConcurrent, maxPerMinute } }: { policy: OutboundPolicy }) => {
  const country = useCountry();
  const denied = deny.map((entry) => textOfPhrase(phraseOfPrefix(entry, country))).join("; ");
  return (
    <div className="max-w-[640px]">
      <p className="mb-2 text-ink-3">Admins can change this.</p>
      <Facts>
        <Fact name="Denied">{denied === "" ? "Nothing" : denied}</Fact>
        <Fact name="At the same time">{limitWords(maxConcurrent, "calls out")}</Fact>
        <Fact name="In any 60 seconds">{limitWords(maxPerMinute, "new calls out")}</Fact>
      </Facts>
    </div>
  );
};

export const PolicyTab = () => {
  const isAdmin = useIsAdmin();
  const { data: policy, error, refetch } = trpc.outboundPolicy.get.useQuery();
  if (policy === undefined) {
    return error === null ? <LoadingRows /> : <NotLoaded what="The outbound policy" error={error} onRetry={() => void refetch()} />;
  }
  return isAdmin ? <ForAdmin policy={policy} /> : <ForReader policy={policy} />;
};
