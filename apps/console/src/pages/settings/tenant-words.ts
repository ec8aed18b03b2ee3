/** The tenant's fields in words, for where two people changed them at once. */
import { useMemo } from "react";
import { trpc } from "../../api/trpc.ts";
import { fallbackWords } from "../../format/fallback-words.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import type { FieldInWords } from "../../forms/differences.ts";
import { countryName } from "./countries.ts";
import type { TenantValues } from "./tenant-form.tsx";

const orNone = (text: string): string => (text === "" ? "none" : text);

export const useTenantWords = (): readonly FieldInWords<TenantValues>[] => {
  const api = trpc.useUtils();
  const formatNumber = usePhoneFormat();
  return useMemo(() => {
    /** As far as it was read already, which it was to be shown in the form. */
    const nameOf = (id: string) => api.agents.get.getData({ id })?.name ?? api.groups.get.getData({ id })?.name ?? id;
    const say = ({ fallback }: TenantValues): string => {
      const targetName = fallback !== null && "targetId" in fallback ? nameOf(fallback.targetId) : "";
      return fallbackWords(fallback, { level: "tenant", targetName, formatNumber });
    };
    return [
      { name: "name", label: "Name", say: ({ name }) => name },
      { name: "domain", label: "Cloudonix domain", say: ({ domain }) => domain },
      { name: "aliases", label: "Aliases", say: ({ aliases }) => orNone(aliases.join(", ")) },
      { name: "country", label: "Country", say: ({ country }) => (country === null ? "none" : countryName(country)) },
      {
        name: "maxConcurrentCalls",
        label: "Calls at once",
        say: ({ maxConcurrentCalls: most }) => (most === null ? "no limit" : String(most)),
      },
      { name: "fallback", label: "Fallback", say },
    ];
  }, [api, formatNumber]);
};
