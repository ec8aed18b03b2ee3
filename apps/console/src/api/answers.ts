/** What the server answers, by procedure. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

type Answers = inferRouterOutputs<AppRouter>;

export type Agent = Answers["agents"]["get"];
export type AgentStanding = Answers["agents"]["statuses"]["items"][number];
export type Group = Answers["groups"]["get"];
export type Distribution = Answers["groups"]["distribution"];
export type UsedBy = Answers["agents"]["usedBy"];
export type WebhookEvent = Answers["webhookEvents"]["list"]["items"][number];
export type InboundRule = Answers["inboundRules"]["get"];
export type OutboundRule = Answers["outboundRules"]["get"];
export type OutboundPolicy = Answers["outboundPolicy"]["get"];
export type Simulation = Answers["routing"]["simulate"];
export type SimulationAsked = inferRouterInputs<AppRouter>["routing"]["simulate"];
export type CallDecision = Answers["callRecords"]["decision"];
export type CallTotal = Answers["callRecords"]["total"];
export type Erasure = Answers["erasures"]["list"]["items"][number];
export type AuditEntry = Answers["audit"]["list"]["items"][number];
