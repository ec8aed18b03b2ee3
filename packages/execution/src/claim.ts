/** The claim: chooses who takes a call at this step, leases, counts and journals it, in one round trip. */
import type { ClaimOutcome, ClaimRequest } from "@switchboard/routing/claim";
import { type Batch, callCount, callText, createShapes, type Shape, sharedCount, sharedText, wholeArguments } from "./claim-arguments.ts";
import type { RedisClient } from "./client.ts";
import { writeGathered } from "./gathered-writes.ts";
import { type ClaimReply, claimReplies } from "./replies.ts";
import { clockArgument, loadScript, runScript, type TestClock } from "./script.ts";
import { runWrittenScript, written } from "./written-script.ts";

const script = loadScript("claim");
const testScript = loadScript("test-claim");

/** Few enough that Redis gets to work while the next requests are read; what they share is worth the most to the first of them. */
const mostTogether = 16;

export type Claim = (request: ClaimRequest) => Promise<ClaimOutcome>;

/**
 * One EVALSHA for the claims of one turn of the event loop that are about the same tenant and the same chain, and one answer to
 * each. A second trip follows only when Redis lacks a target's configuration that it had before (wiped, or replaced by a process
 * with another plan). Throws when Redis does not answer in time: the claim may have run all the same.
 */
export function createClaim(redis: RedisClient, clock?: TestClock): Claim {
  const shapeOf = createShapes();
  const open = new Map<Shape, Batch>();

  const settle = ({ shape, waiting }: Batch, replies: ClaimReply[]): void => {
    for (const reply of replies) noteAsked(shape, reply);
    for (const [index, asked] of waiting.entries()) {
      const reply = replies[index];
      if (!reply) asked.reject(new Error("Redis left a claim unanswered"));
      else if (reply.kind !== "needs_configuration") asked.resolve(reply.kind === "decided" ? reply.outcome : reply);
      else if (asked.isSecond) asked.reject(new Error("Redis asks for a configuration that it was sent"));
      else add(shape, { ...asked, isSecond: true });
    }
  };

  const send = (batch: Batch): void => {
    const { shape, clockText, calls, waiting } = batch;
    open.delete(shape);
    const isSecond = waiting.some((asked) => asked.isSecond);
    runWrittenScript(redis, script, shape.keys, {
      count: 1 + sharedCount(shape) + waiting.length * callCount,
      text: written(clockText) + sharedText(shape, isSecond) + calls,
    }).then(
      (reply) => {
        try {
          settle(batch, claimReplies(reply, waiting));
        } catch (error) {
          for (const { reject } of waiting) reject(error);
        }
      },
      (error: unknown) => {
        for (const { reject } of waiting) reject(error);
      },
    );
  };

  const sendAll = (): void => {
    for (const batch of open.values()) send(batch);
    writeGathered(redis);
  };

  const add = (shape: Shape, asked: Batch["waiting"][number]): void => {
    const clockText = clockArgument(clock);
    let batch = open.get(shape);
    if (batch && batch.clockText !== clockText) {
      send(batch);
      batch = undefined;
    }
    if (!batch) {
      batch = { shape, clockText, calls: "", waiting: [] };
      if (open.size === 0) setImmediate(sendAll);
      open.set(shape, batch);
    }
    // First what can throw: a call is in the batch with its arguments or not at all.
    batch.calls += callText(asked.request);
    batch.waiting.push(asked);
    if (batch.waiting.length < mostTogether) return;
    send(batch);
    writeGathered(redis);
  };

  /** Redis keeps nothing of it but the call, so every configuration is sent along. */
  const claimForTest: Claim = async (request) => {
    const { keys, given } = wholeArguments(request, clock);
    const [reply] = claimReplies(await runScript(redis, testScript, keys, given), [{ request }]);
    if (reply?.kind === "decided") return reply.outcome;
    if (reply?.kind === "no_epoch") return reply;
    throw new Error("Redis asks for a configuration that it was sent");
  };

  return (request) => {
    if (request.facts.test) return claimForTest(request);
    return new Promise((resolve, reject) => {
      add(shapeOf(request), { request, resolve, reject, isSecond: false });
    });
  };
}

/** Redis holds the configurations of the targets that a claim has asked; a repeat is answered before any is looked at. */
function noteAsked({ way, targets }: Shape, reply: ClaimReply): void {
  if (reply.kind === "needs_configuration") for (const target of targets) target.attach = true;
  if (reply.kind !== "decided" || reply.outcome.repeat) return;
  const last = reply.outcome.decision.link - way.firstLink;
  for (const [index, target] of targets.entries()) if (index <= last) target.attach = reply.older;
}
