/** What the role `user` is shown: everything about calls but whole telephone numbers. */
import type { Actor } from "./context.ts";
import { maskNumber } from "./mask-number.ts";
import type { LiveEvent, LivePatch } from "./schemas/live-event.ts";

type Numbers = { from: string; to: string };

export const numbersFor = <Call extends Numbers>(actor: Actor, call: Call): Call => {
  switch (actor.role) {
    case "admin":
      return call;
    case "user":
      return { ...call, from: maskNumber(call.from), to: maskNumber(call.to) };
  }
};

const patchFor = (actor: Actor, patch: LivePatch): LivePatch => {
  if (actor.role === "admin") return patch;
  const masked: LivePatch = { ...patch };
  if (patch.from !== undefined) masked.from = maskNumber(patch.from);
  if (patch.to !== undefined) masked.to = maskNumber(patch.to);
  return masked;
};

export const eventFor = (actor: Actor, event: LiveEvent): LiveEvent => {
  switch (event.type) {
    case "call.started":
    case "call.updated":
    case "call.ended":
      return { ...event, data: patchFor(actor, event.data) };
    case "agent.status_changed":
      return event;
  }
};
