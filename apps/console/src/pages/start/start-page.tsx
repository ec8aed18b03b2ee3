/** From an empty tenant to the first call: five small steps, each of which knows whether it is done. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { LinkButton } from "../../components/link-button.tsx";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { type StartStep, startSteps } from "../../routes/start-steps.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { AgentStep } from "./agent-step.tsx";
import { ConnectStep } from "./connect-step.tsx";
import { GroupStep } from "./group-step.tsx";
import { RuleStep } from "./rule-step.tsx";
import { Step } from "./step.tsx";
import { stepWords } from "./step-words.ts";
import { TestStep } from "./test-step.tsx";
import { nextStep, type Progress, useProgress } from "./use-progress.ts";

const route = getRouteApi("/start");

const after = (step: StartStep): StartStep | undefined => startSteps[startSteps.indexOf(step) + 1];

type BodyProps = { step: StartStep; progress: Progress; onDone: () => void; onSkip: () => void; onAnother: () => void };

const Missing = ({ children }: { children: string }) => <p className="text-ink-2">{children}</p>;

const Body = ({ step, progress, onDone, onSkip, onAnother }: BodyProps) => {
  const { agents, groups, isDone } = progress;
  switch (step) {
    case "agent":
      return <AgentStep key={agents.length} onDone={onDone} onSkip={onSkip} />;
    case "group":
      return agents.length === 0 ? (
        <Missing>There is no agent yet to put into it.</Missing>
      ) : (
        <GroupStep key={groups.length} agents={agents} onDone={onDone} onSkip={onSkip} onAnother={onAnother} />
      );
    case "rule":
      return agents.length + groups.length === 0 ? (
        <Missing>There is neither an agent nor a group yet that it could lead to.</Missing>
      ) : (
        <RuleStep key={progress.rules.length} agents={agents} groups={groups} onDone={onDone} onSkip={onSkip} />
      );
    case "test":
      return <TestStep onSkip={onSkip} />;
    case "connect":
      return <ConnectStep isConnected={isDone.connect} />;
  }
};

/** What is there of it, by name where there are few. */
const doneWords = (step: StartStep, { agents, groups, rules, isDone }: Progress): string | null => {
  if (!isDone[step]) return null;
  const listed = (names: readonly string[], many: string) => (names.length > 3 ? `${names.length} ${many}` : names.join(", "));
  switch (step) {
    case "agent":
      return listed(
        agents.map(({ name }) => name),
        "agents",
      );
    case "group":
      return listed(
        groups.map(({ name }) => name),
        "groups",
      );
    case "rule":
      return listed(
        rules.map(({ pattern }) => pattern),
        "rules",
      );
    case "test":
      return "placed";
    case "connect":
      return "calls come in";
  }
};

const Steps = ({ progress }: { progress: Progress }) => {
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (next: StartStep | undefined) => void navigate({ search: { step: next }, replace: true, resetScroll: false });
  const openStep = step ?? nextStep(progress.isDone);
  return (
    <ol className="overflow-clip rounded-lg border border-line bg-panel">
      {startSteps.map((each, index) => (
        <Step
          key={each}
          place={index + 1}
          title={stepWords[each].title}
          why={stepWords[each].why}
          done={doneWords(each, progress)}
          isOpen={each === openStep}
          onToggle={() => open(each)}
        >
          <Body
            step={each}
            progress={progress}
            onDone={() => open(undefined)}
            onSkip={() => open(after(each))}
            onAnother={() => open("agent")}
          />
        </Step>
      ))}
    </ol>
  );
};

const AllDone = () => (
  <p role="status" className="mb-4 rounded-md bg-ok-soft px-3 py-2 text-ok">
    All of it is done: calls come in.{" "}
    <Link to="/" className="font-[550] underline">
      Go to the dashboard
    </Link>
  </p>
);

const Guide = () => {
  const progress = useProgress();
  if (!progress.isLoaded) {
    return progress.error === null ? <LoadingRows /> : <NotLoaded what="Your progress" error={progress.error} onRetry={progress.retry} />;
  }
  return (
    <>
      {nextStep(progress.isDone) === null && <AllDone />}
      <Steps progress={progress} />
    </>
  );
};

export const StartPage = () => {
  const isAdmin = useIsAdmin();
  return (
    <div className="max-w-[760px]">
      <PageHead title="First steps">{isAdmin && <LinkButton to="/live">Skip all this</LinkButton>}</PageHead>
      {isAdmin ? (
        <>
          <p className="mb-4 text-ink-2">Three minutes from here to a call you can watch. What you have done stays done if you leave.</p>
          <Guide />
        </>
      ) : (
        <p className="text-ink-2">Only admins set up how calls are routed. What they have set up, you see on the other pages.</p>
      )}
    </div>
  );
};
