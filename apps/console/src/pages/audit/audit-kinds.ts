/** The kinds of things that changes are written down of, by the log's own words. */
export const auditKinds = [
  "voice_agent",
  "agent_group",
  "inbound_rule",
  "outbound_rule",
  "outbound_policy",
  "cloudonix",
  "tenant",
  "user",
  "erasure",
  "export",
  "call",
] as const;

export type AuditKind = (typeof auditKinds)[number];
