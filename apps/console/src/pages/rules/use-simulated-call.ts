/** The call that is simulated: as it is typed here, and, once the typing pauses, in the address. */
import { useTyped } from "../../browser/use-typed.ts";
import type { SimulatedCall } from "../../simulator/simulated-call.ts";

const pauseMs = 300;

const isSame = (a: SimulatedCall, b: SimulatedCall): boolean => a.from === b.from && a.to === b.to;

export const useSimulatedCall = (address: SimulatedCall, onAddress: (call: SimulatedCall) => void) => {
  const { typed, setTyped } = useTyped({ told: address, tell: onAddress, pauseMs, isSame });
  return { call: typed, setCall: setTyped };
};
