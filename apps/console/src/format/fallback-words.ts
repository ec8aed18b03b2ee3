/** What happens when nobody can take a call, in words. */
import type { FallbackInput } from "@switchboard/routing/input/fallback";
import { trpc } from "../api/trpc.ts";
import { usePhoneFormat } from "./phone.ts";

/** Whose fallback it is: a rule's comes first, then the group's, then the tenant's. */
export type FallbackLevel = "rule" | "group" | "tenant";

/** What decides where nothing was chosen. */
export const inheritedWords: Record<FallbackLevel, string> = {
  rule: "What the group says, else the tenant",
  group: "What the tenant says",
  tenant: "Busy when everybody is full, otherwise hang up",
};

export type RejectReason = Extract<NonNullable<FallbackInput>, { type: "reject" }>["reason"];

export const rejectWords: Record<RejectReason, string> = {
  busy: "Busy",
  rejected: "Rejected",
  congestion: "Congestion",
  failed: "Failed",
};

type Spelling = {
  level: FallbackLevel;
  /** The name of the agent or group that takes the call. */
  targetName: string;
  formatNumber: (number: string) => string;
};

export const fallbackWords = (fallback: FallbackInput, { level, targetName, formatNumber }: Spelling): string => {
  switch (fallback?.type) {
    case undefined:
      return inheritedWords[level];
    case "voice_agent":
      return `To the agent ${targetName}`;
    case "agent_group":
      return `To the group ${targetName}`;
    case "number": {
      const over = fallback.trunks?.join(", then ") ?? "";
      return `To ${formatNumber(fallback.number)}${over === "" ? "" : ` over ${over}`}`;
    }
    case "sip":
      return `To ${fallback.uri}`;
    case "message":
      return `Says “${fallback.text}”, then hangs up`;
    case "reject":
      return `Rejects the call: ${rejectWords[fallback.reason].toLowerCase()}`;
    case "hangup":
      return "Hangs up";
  }
};

/** The same with the target's name looked up; its id until that is known, and for one that is gone. */
export const useFallbackWords = (fallback: FallbackInput, level: FallbackLevel): string => {
  const formatNumber = usePhoneFormat();
  const agentId = fallback?.type === "voice_agent" ? fallback.targetId : null;
  const groupId = fallback?.type === "agent_group" ? fallback.targetId : null;
  const agent = trpc.agents.get.useQuery({ id: agentId ?? "" }, { enabled: agentId !== null && agentId !== "" });
  const group = trpc.groups.get.useQuery({ id: groupId ?? "" }, { enabled: groupId !== null && groupId !== "" });
  const targetName = agentId === null ? (group.data?.name ?? groupId ?? "") : (agent.data?.name ?? agentId);
  return fallbackWords(fallback, { level, targetName, formatNumber });
};
