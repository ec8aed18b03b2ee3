/** What is typed, told to others once the typing pauses; what comes from elsewhere instead (back, a link) takes its place. */
import { useEffect, useEffectEvent, useState } from "react";

type Options<Value> = {
  /** What the others have. */
  told: Value;
  tell: (value: Value) => void;
  pauseMs: number;
  isSame?: (a: Value, b: Value) => boolean;
};

export const useTyped = <Value>({ told, tell, pauseMs, isSame = Object.is }: Options<Value>) => {
  const [typed, setTyped] = useState(told);
  const [last, setLast] = useState(told);
  const [seen, setSeen] = useState(told);
  if (!isSame(told, seen)) {
    setSeen(told);
    // An address takes a moment to say what it was told: until then it is no news.
    if (!isSame(told, last)) {
      setLast(told);
      setTyped(told);
    }
  }
  const isTold = isSame(typed, last);
  const tellOf = (value: Value) => {
    setLast(value);
    tell(value);
  };
  const afterPause = useEffectEvent(tellOf);
  useEffect(() => {
    if (isTold) return;
    const timer = setTimeout(() => afterPause(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, isTold, pauseMs]);
  const tellNow = () => {
    if (!isTold) tellOf(typed);
  };
  return { typed, setTyped, tellNow };
};
