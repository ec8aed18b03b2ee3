/** The call that is simulated: as it is typed here, and, once the typing pauses, in the address. */
import { useEffect, useEffectEvent, useState } from "react";
import type { SimulatedCall } from "../../simulator/simulated-call.ts";

const pauseMs = 300;

const isSame = (a: SimulatedCall, b: SimulatedCall): boolean => a.from === b.from && a.to === b.to;

export const useSimulatedCall = (address: SimulatedCall, onAddress: (call: SimulatedCall) => void) => {
  const [call, setCall] = useState(address);
  const [known, setKnown] = useState(address);
  // The address changed by other means: back, or a link.
  if (!isSame(address, known)) {
    setKnown(address);
    setCall(address);
  }
  const write = useEffectEvent((typed: SimulatedCall) => {
    setKnown(typed);
    onAddress(typed);
  });
  const isWritten = isSame(call, known);
  const { from, to } = call;
  useEffect(() => {
    if (isWritten) return;
    const timer = setTimeout(() => write({ from, to }), pauseMs);
    return () => clearTimeout(timer);
  }, [isWritten, from, to]);
  return { call, setCall };
};
