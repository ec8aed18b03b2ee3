/** Makes the ids of everything: 24 characters, the kind in front, and of what we create ourselves, the time next. */
import { hash, randomBytes } from "node:crypto";
import {
  type AgentId,
  agentId,
  type CallId,
  callId,
  type GroupId,
  groupId,
  idLength,
  type RuleId,
  ruleId,
  type TenantId,
  tenantId,
  type UserId,
  userId,
} from "@switchboard/routing/ids";

const radix = 36;
const alphabet = "0123456789abcdefghijklmnopqrstuv";
const timeCharacters = 9;
const bodyCharacters = idLength - "xxx_".length;

/** Later ids sort behind earlier ones; 57 random bits tell those of one millisecond apart. */
function newId(kind: string): string {
  const time = Date.now().toString(radix).padStart(timeCharacters, "0");
  return `${kind}_${time}${letters(randomBytes(12), bodyCharacters - timeCharacters)}`;
}

export const newTenantId = (): TenantId => tenantId(newId("ten"));
export const newUserId = (): UserId => userId(newId("usr"));
export const newAgentId = (): AgentId => agentId(newId("agt"));
export const newGroupId = (): GroupId => groupId(newId("grp"));
export const newRuleId = (): RuleId => ruleId(newId("rul"));
export const newTokenId = (): string => newId("tok");
export const newSessionId = (): string => newId("ses");
export const newErasureId = (): string => newId("era");
export const newAuditId = (): string => newId("aud");
export const newExportId = (): string => newId("exp");

// Each id is written here and read as one text: added up letter by letter it would be twenty texts, of which one is kept.
const callIdText = Buffer.from("cal_".padEnd(idLength));
const letterCodes = Buffer.from(alphabet);

/**
 * The id of a tenant's call, the same in every process and every store: derived from Cloudonix's session token. Five bits of
 * each byte, since this is asked at every request and a number of 160 bits costs more than the hash itself.
 */
export function callIdOf(tenant: TenantId, session: string): CallId {
  // By way of a string: asked for bytes, the library takes three times as long.
  const digest = hash("sha256", `${tenant}\n${session}`, "binary");
  for (let index = 0; index < bodyCharacters; index++) callIdText[4 + index] = letterCodes[digest.charCodeAt(index) & 31] ?? 0;
  return callId(callIdText.toString("latin1"));
}

/** The bytes as one number, its last `count` digits in base 36. */
function letters(bytes: Buffer, count: number): string {
  return BigInt(`0x${bytes.toString("hex")}`)
    .toString(radix)
    .padStart(count, "0")
    .slice(-count);
}
