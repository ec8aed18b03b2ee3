/** An agent's name, leading to the agent. */
import { Link } from "@tanstack/react-router";
import { linkLook } from "./link-look.ts";

export const AgentLink = ({ id, name }: { id: string; name: string }) => (
  <Link to="/agents/$agentId" params={{ agentId: id }} className={linkLook}>
    {name}
  </Link>
);
