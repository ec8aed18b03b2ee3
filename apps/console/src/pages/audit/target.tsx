/** What was changed: its kind and its name, which leads there as long as it is there. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AuditEntry } from "../../api/answers.ts";
import { AgentLink } from "../../links/agent-link.tsx";
import { GroupLink } from "../../links/group-link.tsx";
import { linkLook } from "../../links/link-look.ts";
import { RuleLink } from "../../links/rule-link.tsx";
import { isKind, kindWords, nameOf } from "./audit-words.ts";

const Way = ({ entry, name }: { entry: AuditEntry; name: string }): ReactNode => {
  const { targetType, targetId: id } = entry;
  if (entry.action.endsWith(".deleted")) return <span className="font-[550]">{name}</span>;
  switch (targetType) {
    case "voice_agent":
      return <AgentLink id={id} name={name} />;
    case "agent_group":
      return <GroupLink id={id} name={name} />;
    case "inbound_rule":
    case "outbound_rule":
      return <RuleLink id={id} pattern={name} direction={targetType === "inbound_rule" ? "inbound" : "outbound"} />;
    case "outbound_policy":
      return (
        <Link to="/outbound-rules" search={{ tab: "policy" }} className={linkLook}>
          Outbound policy
        </Link>
      );
    case "user":
      return (
        <Link to="/settings" search={{ tab: "people", person: id }} className={linkLook}>
          {name}
        </Link>
      );
    case "erasure":
    case "cloudonix":
      return (
        <Link to="/settings" search={{ tab: targetType === "erasure" ? "data" : "cloudonix" }} className={`num ${linkLook}`}>
          {name}
        </Link>
      );
    case "tenant":
      return (
        <Link to="/settings" className={linkLook}>
          {name === id ? "Settings" : name}
        </Link>
      );
    default:
      return name;
  }
};

export const Target = ({ entry }: { entry: AuditEntry }) => {
  const { targetType } = entry;
  const kind =
    isKind(targetType) && targetType !== "outbound_policy" && targetType !== "erasure" ? `${kindWords[targetType].toLowerCase()} ` : "";
  return (
    <>
      {kind}
      <span className="relative z-10">
        <Way entry={entry} name={nameOf(entry)} />
      </span>
    </>
  );
};
