/** Switches an agent on or off: shown at once, and back with the reason when the server does not. */
import { useState } from "react";
import type { Agent } from "../../api/answers.ts";
import { isStale } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { counted } from "../../format/number.ts";
import { useUndo } from "../../forms/use-undo.ts";

type Switched = Pick<Agent, "id" | "name" | "version" | "enabled">;

const moreWords = (enabled: boolean, activeCalls: number): string => {
  if (enabled) return "It gets calls as its turn comes.";
  return activeCalls === 0 ? "It gets no further calls." : `It gets no further calls; ${counted(activeCalls, "call")} left.`;
};

export const useEnabling = (agent: Switched, activeCalls: number) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const update = trpc.agents.update.useMutation();
  const [wanted, setWanted] = useState<boolean | null>(null);

  /** What else was changed meanwhile is no reason against it. */
  const save = async (enabled: boolean): Promise<Agent> => {
    const { id, version } = agent;
    try {
      return await update.mutateAsync({ id, version, enabled });
    } catch (error) {
      if (!isStale(error)) throw error;
      const now = await api.client.agents.get.query({ id });
      return now.enabled === enabled ? now : await update.mutateAsync({ id, version: now.version, enabled });
    }
  };
  const change = async (enabled: boolean) => {
    setWanted(enabled);
    try {
      const saved = await save(enabled);
      const undo = undoOf(agent.id);
      api.agents.get.setData({ id: agent.id }, saved);
      toasts.done(`“${agent.name}” is ${enabled ? "enabled" : "disabled"}`, { more: moreWords(enabled, activeCalls), undo });
      await Promise.all([api.agents.list.invalidate(), api.agents.statuses.invalidate()]);
    } catch (error) {
      toasts.failed(`“${agent.name}” was not ${enabled ? "enabled" : "disabled"}`, error);
    }
    setWanted(null);
  };
  return {
    isOn: wanted ?? agent.enabled,
    change: (enabled: boolean) => {
      if (wanted === null) void change(enabled);
    },
  };
};
