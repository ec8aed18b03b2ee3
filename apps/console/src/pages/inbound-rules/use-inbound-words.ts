/** An inbound rule's fields in words, for where two people changed them at once. */
import { useMemo } from "react";
import { trpc } from "../../api/trpc.ts";
import { fallbackWords } from "../../format/fallback-words.ts";
import { usePhoneFormat } from "../../format/phone.ts";
import type { FieldInWords } from "../../forms/differences.ts";
import type { InboundRuleValues } from "./inbound-rule-form.ts";

export const useInboundWords = (): readonly FieldInWords<InboundRuleValues>[] => {
  const api = trpc.useUtils();
  const formatNumber = usePhoneFormat();
  return useMemo(() => {
    /** As far as it was read already, which it was to be shown in the form. */
    const nameOf = (id: string) => api.agents.get.getData({ id })?.name ?? api.groups.get.getData({ id })?.name ?? id;
    const fallback = ({ fallback: said }: InboundRuleValues): string => {
      const targetName = said !== null && "targetId" in said ? nameOf(said.targetId) : "";
      return fallbackWords(said, { level: "rule", targetName, formatNumber });
    };
    return [
      { name: "pattern", label: "Called number", say: ({ pattern }) => pattern },
      { name: "callerPattern", label: "Caller", say: ({ callerPattern }) => callerPattern ?? "everybody" },
      {
        name: "targetId",
        label: "Goes to",
        say: ({ targetType, targetId }) => `the ${targetType === "voice_agent" ? "agent" : "group"} ${nameOf(targetId)}`,
      },
      { name: "priority", label: "Priority", say: ({ priority }) => String(priority) },
      { name: "enabled", label: "Enabled", say: ({ enabled }) => (enabled ? "yes" : "no") },
      { name: "fallback", label: "When nobody can take a call", say: fallback },
    ];
  }, [api, formatNumber]);
};
