/** The other domains whose webhooks belong to the tenant, one by one. */
import { Plus, X } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import type { TenantFormOf } from "./tenant-form.tsx";

const Alias = ({ form, place, onRemove }: { form: TenantFormOf; place: number; onRemove: () => void }) => {
  const alias = form.watch(`aliases.${place}`);
  return (
    <div className="flex items-start gap-1">
      <Field
        label={`Alias ${place + 1}`}
        isLabelHidden
        isMono
        placeholder="calls.acme.example"
        error={form.formState.errors.aliases?.[place]?.message}
        className="flex-1"
        {...form.register(`aliases.${place}`)}
      />
      <IconButton label={alias === "" ? "Remove this alias" : `Remove ${alias}`} onClick={onRemove} className="mt-1">
        <X size={15} aria-hidden />
      </IconButton>
    </div>
  );
};

export const AliasesField = ({ form }: { form: TenantFormOf }) => {
  const aliases = form.watch("aliases");
  const { aliases: error } = form.formState.errors;
  const set = (next: string[]) => {
    form.clearErrors("aliases");
    form.setValue("aliases", next, { shouldDirty: true });
  };
  const add = () => {
    set([...aliases, ""]);
    form.setFocus(`aliases.${aliases.length}`);
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-[550] text-ink-2">Aliases</legend>
      {aliases.map((_, place) => (
        <Alias key={place} form={form} place={place} onRemove={() => set(aliases.filter((_, each) => each !== place))} />
      ))}
      <div>
        <Button onClick={add}>
          <Plus size={14} aria-hidden />
          Add an alias
        </Button>
      </div>
      {error?.message !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {error.message}
        </p>
      )}
    </fieldset>
  );
};
