/** Whether an agent is well, why not, since when, and what happens next. */
import type { AgentStanding } from "../../api/answers.ts";
import { Badge, type Tone } from "../../components/badge.tsx";
import { TimeText } from "../../components/time-text.tsx";
import { formatDuration } from "../../format/duration.ts";
import { useNow } from "../../live/clock.ts";

type Health = AgentStanding["health"];

const faces: Record<Health, { tone: Tone; word: string; means: string }> = {
  healthy: { tone: "ok", word: "Healthy", means: "Gets calls as its turn comes." },
  ejected: { tone: "bad", word: "Ejected", means: "Gets no calls until it is tried again." },
  probing: { tone: "ring", word: "Probing", means: "Gets one call at a time: two answered in a row and it is back." },
  ramping: { tone: "info", word: "Ramping up", means: "Gets more calls bit by bit, all of its part within a minute." },
};

export const HealthBadge = ({ health }: { health: Health }) => <Badge tone={faces[health].tone}>{faces[health].word}</Badge>;

const NextTry = ({ at }: { at: string }) => {
  const seconds = (Date.parse(at) - useNow()) / 1_000;
  return seconds <= 0 ? "tried with its next call" : <>next try in {formatDuration(Math.ceil(seconds))}</>;
};

type Props = { standing: Pick<AgentStanding, "health" | "cause" | "since" | "ejectedUntil"> };

/** The cause in a line; nothing where there is nothing to explain. */
export const HealthCause = ({ standing: { health, cause, since, ejectedUntil } }: Props) => {
  if (cause === null || health === "healthy") return null;
  return (
    <span className="text-ink-2">
      {cause}
      {since !== null && (
        <>
          , <TimeText at={since} isRelative />
        </>
      )}
      {ejectedUntil !== null && (
        <>
          {" · "}
          <NextTry at={ejectedUntil} />
        </>
      )}
    </span>
  );
};

export const HealthInFull = ({ standing }: Props) => (
  <div className="grid justify-items-start gap-1">
    <HealthBadge health={standing.health} />
    <HealthCause standing={standing} />
    <span className="text-ink-3">{faces[standing.health].means}</span>
  </div>
);
