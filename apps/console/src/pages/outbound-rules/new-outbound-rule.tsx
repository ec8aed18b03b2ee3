/** A new outbound rule. */
import { useMemo } from "react";
import { FormProvider } from "react-hook-form";
import type { OutboundRule } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { CreateForm } from "../../forms/create-form.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import { newRuleId, type UnsavedChange } from "../../simulator/simulated-call.ts";
import { useUnsaved } from "../rules/use-unsaved.ts";
import { OutboundRuleFields } from "./outbound-rule-fields.tsx";
import { type OutboundRuleOutput, outboundRuleForm, outboundValuesOf } from "./outbound-rule-form.ts";

type Props = {
  country: string | null;
  onUnsaved: (change: UnsavedChange) => void;
  onCreated: (rule: OutboundRule) => Promise<void>;
  onCancel: () => void;
};

export const NewOutboundRule = ({ country, onUnsaved, onCreated, onCancel }: Props) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const create = trpc.outboundRules.create.useMutation();
  const schema = useMemo(() => outboundRuleForm(country), [country]);
  const form = useFormOf(schema, outboundValuesOf());
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: async (rule) => {
      api.outboundRules.get.setData({ id: rule.id }, rule);
      void api.outboundRules.invalidate();
      toasts.done("The rule is created", { undo: undoOf(rule.id) });
      await onCreated(rule);
    },
  });
  const draftOf = (output: OutboundRuleOutput): UnsavedChange => ({
    kind: "ready",
    draft: { outboundRules: [{ ...output, id: newRuleId }] },
  });
  useUnsaved({ control: form.control, isChanged: creating.isChanged, schema, draftOf, onUnsaved });
  return (
    <FormProvider {...form}>
      <CreateForm label="New rule" creating={creating} action="Create rule" onCancel={onCancel}>
        <OutboundRuleFields />
      </CreateForm>
    </FormProvider>
  );
};
