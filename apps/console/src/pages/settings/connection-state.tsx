/** How the domain's connection stands: never made, made, cut off in the middle, undone, and what drifted since. */
import type { CloudonixStatus } from "@switchboard/api/schemas/cloudonix";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Notice } from "../../components/notice.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { ConnectionSteps } from "./connection-steps.tsx";
import { SettingTable } from "./setting-table.tsx";

const looks: Record<CloudonixStatus["state"], { tone: Tone; word: string }> = {
  never: { tone: "idle", word: "Not connected from here" },
  applying: { tone: "bad", word: "Connected in part" },
  connected: { tone: "ok", word: "Connected" },
  undoing: { tone: "bad", word: "Put back in part" },
  undone: { tone: "idle", word: "Put back as it was" },
};

const Drift = ({ status }: { status: CloudonixStatus }) => (
  <div className="grid gap-2">
    <Notice tone="bad">
      The domain is set otherwise at Cloudonix
      {status.driftSince !== null && (
        <>
          {" "}
          since <TimeText at={status.driftSince} />
        </>
      )}
      . Calls may go elsewhere.
    </Notice>
    <SettingTable label="What differs" heads={["There", "Should be"]} settings={status.drift} />
  </div>
);

export const ConnectionState = ({ status }: { status: CloudonixStatus }) => {
  const { tone, word } = looks[status.state];
  const isPartial = (status.state === "applying" || status.state === "undoing") && !status.isBusy;
  const hasHints = status.state === "undone" && status.steps.some(({ words }) => words !== null);
  return (
    <div className="grid gap-3">
      {status.publicUrlWarning !== null && <Notice tone="ring">{status.publicUrlWarning}</Notice>}
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Badge tone={tone}>{word}</Badge>
        {status.changedAt !== null && (
          <span className="text-ink-3">
            <TimeText at={status.changedAt} isRelative />
          </span>
        )}
        {status.state === "connected" && status.checkedAt !== null && (
          <span className="text-ink-3">
            looked at <TimeText at={status.checkedAt} isRelative />
          </span>
        )}
      </p>
      {isPartial && <p className="text-ink-2">It stopped on the way. A new plan shows what is left; undo puts back what was done.</p>}
      {(isPartial || hasHints) && <ConnectionSteps steps={status.steps} state={status.state} />}
      {status.connectedDomain !== null && status.connectedDomain !== status.domain && (
        <Notice tone="ring">
          {status.connectedDomain} was connected, and the domain is {status.domain} since.
        </Notice>
      )}
      {status.state === "connected" && status.drift.length > 0 && <Drift status={status} />}
      {status.state === "connected" && status.checkFailure !== null && <Notice tone="ring">{status.checkFailure}</Notice>}
    </div>
  );
};
