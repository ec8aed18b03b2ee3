/** Whether an agent is on, with the switch for who may use it; one that was switched off is told down to its last call. */
import type { Agent } from "../../api/answers.ts";
import { Switch } from "../../components/switch.tsx";
import { counted } from "../../format/number.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { useEnabling } from "./use-enabling.ts";

const stateWords = (isOn: boolean, activeCalls: number): string => {
  if (isOn) return "Enabled";
  return activeCalls > 0 ? `${counted(activeCalls, "call")} left` : "Disabled";
};

export const AgentState = ({ agent, activeCalls }: { agent: Agent; activeCalls: number }) => {
  const { isOn, change } = useEnabling(agent, activeCalls);
  const isAdmin = useIsAdmin();
  return (
    <span className="relative z-10 inline-flex items-center gap-2">
      {isAdmin && <Switch label={`${agent.name} takes calls`} isOn={isOn} onChange={change} />}
      <span className={isOn ? "text-ink-2" : "text-ring"}>{stateWords(isOn, activeCalls)}</span>
    </span>
  );
};
