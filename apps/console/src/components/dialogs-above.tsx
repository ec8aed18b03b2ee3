/** How many dialogs a part of the page has opened above itself: it must not move, nor cover them, until they are closed. */
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const Counted = createContext<(by: 1 | -1) => void>(() => undefined);

/** The number, and what to wrap the part in so that its dialogs are counted. */
export const useDialogsAbove = (): { count: number; counting: (part: ReactNode) => ReactNode } => {
  const [count, setCount] = useState(0);
  const [add] = useState(() => (by: 1 | -1) => setCount((before) => before + by));
  return { count, counting: (part) => <Counted value={add}>{part}</Counted> };
};

/** For a dialog: says that it is there, as long as it is. */
export const useCountedAbove = (): void => {
  const add = useContext(Counted);
  useEffect(() => {
    add(1);
    return () => add(-1);
  }, [add]);
};
