/** What deserves a look now, the most urgent first; and since when there is nothing. */
import type { AttentionItem } from "@switchboard/api/schemas/attention";
import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Card } from "../../components/card.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { formatCount } from "../../format/number.ts";
import { linkLook } from "../../links/link-look.ts";

const readAgainMs = 10_000;

const words: Record<AttentionItem["kind"], { word: string; tone: Tone }> = {
  agent_ejected: { word: "Ejected", tone: "bad" },
  agent_probing: { word: "Probing", tone: "ring" },
  agent_near_capacity: { word: "Nearly full", tone: "ring" },
  tenant_near_capacity: { word: "Nearly full", tone: "bad" },
  webhooks_refused: { word: "Webhooks refused", tone: "bad" },
  cloudonix_drift: { word: "Set otherwise", tone: "bad" },
  rule_shadowed: { word: "Shadowed", tone: "idle" },
  rule_duplicate: { word: "Duplicate", tone: "idle" },
  rule_target_disabled: { word: "Disabled target", tone: "ring" },
  rule_empty_group: { word: "Empty group", tone: "ring" },
  rule_never_hit: { word: "Never hit", tone: "idle" },
  rule_unlisted_provider: { word: "Unlisted", tone: "idle" },
};

const Way = ({ item }: { item: AttentionItem }) => {
  if (item.agentId !== null) {
    return (
      <Link to="/agents/$agentId" params={{ agentId: item.agentId }} className={linkLook}>
        Open the agent
      </Link>
    );
  }
  if (item.ruleId !== null) {
    return (
      <Link to="/inbound-rules" search={{ rule: item.ruleId }} className={linkLook}>
        Open the rule
      </Link>
    );
  }
  if (item.kind === "webhooks_refused") {
    return (
      <Link to="/webhook-log" search={{ refused: true }} className={linkLook}>
        Open the webhook log
      </Link>
    );
  }
  return (
    <Link to="/settings" search={item.kind === "cloudonix_drift" ? { tab: "cloudonix" } : {}} className={linkLook}>
      Open the settings
    </Link>
  );
};

const Item = ({ item }: { item: AttentionItem }) => {
  const { word, tone } = words[item.kind];
  return (
    <li className="grid justify-items-start gap-1 border-b border-line px-4 py-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Badge tone={tone}>{word}</Badge>
        {item.since !== null && (
          <span className="text-xs text-ink-3">
            <TimeText at={item.since} isRelative />
          </span>
        )}
      </span>
      <p className="text-ink-2">
        {item.words}
        {item.nextTryAt !== null && (
          <>
            {" "}
            Next try <TimeText at={item.nextTryAt} isRelative />.
          </>
        )}
      </p>
      <Way item={item} />
    </li>
  );
};

export const Attention = () => {
  const read = trpc.attention.list.useQuery(undefined, { placeholderData: keepPreviousData, refetchInterval: readAgainMs });
  const { data } = read;
  const open = data === undefined ? undefined : `${formatCount(data.items.length)}${data.hasMore ? " and more" : ""} open`;
  return (
    <Card title="Needs attention" {...(open === undefined ? {} : { beside: open })}>
      {data === undefined ? (
        read.error === null ? (
          <LoadingRows rows={3} />
        ) : (
          <NotLoaded what="The list" error={read.error} onRetry={() => void read.refetch()} />
        )
      ) : (
        <>
          {data.delayed && <p className="px-4 pt-3 text-ring">The live store does not answer: agents are not in this list.</p>}
          {data.items.length === 0 && (
            <p className="px-4 py-3 text-ink-2">
              All quiet{data.quietSince === null ? "." : " since "}
              {data.quietSince !== null && <TimeText at={data.quietSince} />}
            </p>
          )}
          <ul className="max-h-[420px] overflow-y-auto">
            {data.items.map((item) => (
              <Item key={`${item.kind} ${item.agentId} ${item.ruleId} ${item.otherRuleId}`} item={item} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
};
