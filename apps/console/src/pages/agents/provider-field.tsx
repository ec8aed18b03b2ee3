/** Chooses a provider of the catalogue by typing; a key that it does not list is allowed, with a word of warning. */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { checkProviderKey, type Provider, providers } from "@switchboard/routing/provider-catalogue";
import { useController, useFormContext } from "react-hook-form";
import { FieldFrame, inputLook } from "../../components/field-frame.tsx";
import type { AgentValues } from "./agent-form.ts";
import { providerWords } from "./provider-words.ts";

const matches = ({ key, label }: Provider, query: string): boolean =>
  key.includes(query.toLowerCase()) || label.toLowerCase().includes(query.toLowerCase());

const Hint = ({ provider }: { provider: string }) => {
  if (provider === "") return "Whose voice agent it is. A key that is not in the list is allowed.";
  const check = checkProviderKey(provider);
  switch (check.kind) {
    case "ok":
      return providerWords(check.provider);
    case "unlisted":
      return <span className="text-ring">{check.message}</span>;
    case "invalid":
      return check.message;
  }
};

const Choices = () => (
  <Autocomplete.Portal>
    <Autocomplete.Positioner className="z-40 outline-none" sideOffset={4}>
      <Autocomplete.Popup className="max-h-[min(var(--available-height),320px)] w-[var(--anchor-width)] overflow-y-auto rounded-md border border-line-2 bg-panel text-ink shadow-float not-data-empty:py-1">
        <Autocomplete.List>
          {(provider: Provider) => (
            <Autocomplete.Item
              key={provider.key}
              value={provider}
              className="flex min-h-8 cursor-default items-center gap-2 px-2.5 py-1 outline-none data-highlighted:bg-accent-soft"
            >
              <span className="min-w-0 flex-1 truncate">{provider.label}</span>
              <span className="num text-ink-3">{provider.key}</span>
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
      </Autocomplete.Popup>
    </Autocomplete.Positioner>
  </Autocomplete.Portal>
);

export const ProviderField = () => {
  const { control } = useFormContext<AgentValues>();
  const { field, fieldState } = useController<AgentValues, "provider">({ control, name: "provider" });
  return (
    <FieldFrame label="Provider" hint={<Hint provider={field.value} />} error={fieldState.error?.message}>
      {(ids) => (
        <Autocomplete.Root
          items={providers}
          value={field.value}
          onValueChange={field.onChange}
          itemToStringValue={(provider: Provider) => provider.key}
          filter={matches}
          openOnInputClick
        >
          <Autocomplete.Input
            {...ids}
            ref={field.ref}
            name={field.name}
            onBlur={field.onBlur}
            autoCapitalize="none"
            spellCheck={false}
            placeholder="Type to search: retell, vapi, elevenlabs…"
            className={`${inputLook} font-mono`}
          />
          <Choices />
        </Autocomplete.Root>
      )}
    </FieldFrame>
  );
};
