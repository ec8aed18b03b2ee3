/** What an operator asks of live calls: where one is moved to, whom a new one rings and connects. */
import { z } from "zod";
import { textInput } from "./text.ts";

const agentField = z.string().min(1).max(64).optional().describe("The voice agent that gets the call.");
const groupField = z.string().min(1).max(64).optional().describe("The group whose agents get the call.");

const isOne = (...given: (string | undefined)[]): boolean => given.filter((each) => each !== undefined).length === 1;

export const moveCallInput = z
  .strictObject({
    id: z.string().min(1).max(64).describe("The live call."),
    agentId: agentField,
    groupId: groupField,
    number: textInput(64).optional().describe("A telephone number, dialled by the outbound rules."),
  })
  .refine(({ agentId, groupId, number }) => isOne(agentId, groupId, number), "Name one place: an agent, a group or a number.");
export type MoveCallInput = z.output<typeof moveCallInput>;

export const startCallInput = z
  .strictObject({ to: textInput(64).describe("The number that is rung, by an outbound rule."), agentId: agentField, groupId: groupField })
  .refine(({ agentId, groupId }) => isOne(agentId, groupId), "Name one place: an agent or a group.");
export type StartCallInput = z.output<typeof startCallInput>;
