/** Figures that Redis alone has, for people: they are there, or it is said in words that they are not. */
import { ControlError } from "@switchboard/control/control-error";

export const figuresAway = (cause?: unknown): ControlError =>
  new ControlError("unavailable", "The live figures do not answer. Please try again in a moment.", { cause });

/** Null, a failure, or a Redis that does not decide at present: the figures can't be had. Throws ControlError `unavailable`. */
export const fromRedis = async <T>(redisDecides: () => boolean, work: () => Promise<T | null | undefined>): Promise<T> => {
  if (!redisDecides()) throw figuresAway();
  const found = await work().catch((error: unknown) => Promise.reject(figuresAway(error)));
  if (found === null || found === undefined) throw figuresAway();
  return found;
};
