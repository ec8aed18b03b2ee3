/** What a field held, in words a person says. */
import type { FallbackInput } from "@switchboard/routing/input/fallback";
import { fallbackInput } from "@switchboard/routing/input/fallback";
import { z } from "zod";
import { trpc } from "../../api/trpc.ts";
import { TimeText } from "../../components/time-text.tsx";
import { useFallbackWords } from "../../format/fallback-words.ts";

const Nothing = () => <span className="text-ink-3">nothing</span>;

export const AgentName = ({ id }: { id: string }) => trpc.agents.get.useQuery({ id }).data?.name ?? id;
const GroupName = ({ id }: { id: string }) => trpc.groups.get.useQuery({ id }).data?.name ?? id;
const Fallback = ({ fallback }: { fallback: FallbackInput }) => useFallbackWords(fallback, "tenant");

const memberSchema = z.object({
  position: z.number(),
  priority: z.number(),
  weight: z.number(),
  capacity: z.number().nullable(),
  enabled: z.boolean(),
});

const memberWords = ({ position, priority, weight, capacity, enabled }: z.infer<typeof memberSchema>): string =>
  [
    `place ${position}`,
    `priority ${priority}`,
    `weight ${weight}`,
    capacity === null ? null : capacity === 1 ? "1 call at once" : `${capacity} calls at once`,
    enabled ? null : "disabled",
  ]
    .filter((part) => part !== null)
    .join(" · ");

const isMoment = (text: string): boolean => z.iso.datetime().safeParse(text).success;

const Text = ({ text }: { text: string }) => {
  if (text.startsWith("agt_")) return <AgentName id={text} />;
  if (text.startsWith("grp_")) return <GroupName id={text} />;
  return isMoment(text) ? <TimeText at={text} /> : text;
};

export const FieldValue = ({ name, value }: { name: string; value: unknown }) => {
  if (value === undefined || value === null || value === "") return <Nothing />;
  if (typeof value === "boolean") return name.startsWith("has") ? (value ? "set" : "none") : value ? "yes" : "no";
  if (typeof value === "string") return <Text text={value} />;
  if (Array.isArray(value)) return value.length === 0 ? <Nothing /> : value.map((each) => String(each)).join(", ");
  if (name === "fallback") {
    const fallback = fallbackInput.safeParse(value);
    if (fallback.success) return <Fallback fallback={fallback.data} />;
  }
  const member = memberSchema.safeParse(value);
  if (member.success) return memberWords(member.data);
  return <span className="num break-words">{typeof value === "number" ? value.toLocaleString() : JSON.stringify(value)}</span>;
};
