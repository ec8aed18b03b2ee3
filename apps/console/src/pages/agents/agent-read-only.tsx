/** An agent's fields for whoever may not change them. */
import type { Agent } from "../../api/answers.ts";
import { Fact, Facts } from "../../components/facts.tsx";
import { capacityWords } from "./agent-form.ts";

const none = <span className="text-ink-3">None</span>;

export const AgentReadOnly = ({ agent }: { agent: Agent }) => (
  <Facts>
    <Fact name="Provider">
      <span className="num">{agent.provider}</span>
    </Fact>
    <Fact name="Number there">
      <span className="num">{agent.serviceValue}</span>
    </Fact>
    <Fact name="Username">{agent.username ?? none}</Fact>
    <Fact name="Password">{agent.hasPassword ? "A password is set" : none}</Fact>
    <Fact name="Capacity">{capacityWords(agent.capacity)}</Fact>
    {Object.keys(agent.metadata).length > 0 && (
      <Fact name="Metadata">
        <pre className="num overflow-x-auto whitespace-pre-wrap">{JSON.stringify(agent.metadata, null, 2)}</pre>
      </Fact>
    )}
  </Facts>
);
