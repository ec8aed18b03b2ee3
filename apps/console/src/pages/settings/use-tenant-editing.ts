/** A form over a part of the tenant: what it may change, saved and undone like everything else. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { useEditing } from "../../forms/use-editing.ts";
import { useUndo } from "../../forms/use-undo.ts";

export type Tenant = inferRouterOutputs<AppRouter>["tenant"]["get"] & { id: string };
type Change = Omit<inferRouterInputs<AppRouter>["tenant"]["update"], "version">;

type Part<Values extends FieldValues, Output> = {
  form: UseFormReturn<Values, unknown, Output>;
  tenant: Tenant;
  valuesOf: (tenant: Tenant) => Values;
  /** What is told once it is. */
  savedWords: string;
};

export const useTenantEditing = <Values extends FieldValues, Output extends Change>(part: Part<Values, Output>) => {
  const { form, tenant, valuesOf, savedWords } = part;
  const update = trpc.tenant.update.useMutation();
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const { id } = tenant;
  return useEditing<Values, Output, Tenant>({
    ...{ form, item: tenant, valuesOf },
    read: async () => ({ ...(await api.tenant.get.fetch()), id }),
    save: async (changed, { version }) => ({ ...(await update.mutateAsync({ version, ...changed })), id }),
    onSaved: ({ id: _, ...saved }) => {
      toasts.done(savedWords, { undo: undoOf(id) });
      api.tenant.get.setData(undefined, saved);
    },
  });
};
