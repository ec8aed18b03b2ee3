/** A part of a page that can stand in different places, and keeps what was typed into it when it moves: when a window is resized, or a telephone turned. */
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

/** `movable` is to be rendered once where it always is; `place` wherever it shall be seen, one at a time. */
export const useMovable = (content: ReactNode) => {
  const [home] = useState(() => document.createElement("div"));
  return { movable: createPortal(content, home), place: <Place home={home} /> };
};

const Place = ({ home }: { home: HTMLElement }) => {
  const here = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    here.current?.append(home);
  }, [home]);
  return <div ref={here} />;
};
