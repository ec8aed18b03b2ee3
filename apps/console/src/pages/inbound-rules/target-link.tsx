/** Where an inbound rule sends its calls, leading there. */
import type { InboundRule } from "../../api/answers.ts";
import { AgentLink } from "../../links/agent-link.tsx";
import { GroupLink } from "../../links/group-link.tsx";

type Props = { rule: Pick<InboundRule, "targetType" | "targetId" | "targetName"> };

export const TargetLink = ({ rule: { targetType, targetId, targetName } }: Props) => {
  const name = targetName === "" ? targetId : targetName;
  return targetType === "voice_agent" ? (
    <>
      Agent <AgentLink id={targetId} name={name} />
    </>
  ) : (
    <>
      Group <GroupLink id={targetId} name={name} />
    </>
  );
};
