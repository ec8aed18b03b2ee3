/** Keys that work on every page, unless somebody is typing. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import { usePages } from "./use-pages.ts";

/** How long a `g` waits for its letter. */
const chordMs = 1_200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"));

const isOverlaid = (): boolean => document.querySelector("[role=dialog]") !== null;

const focusSearch = (): boolean => {
  const search = document.querySelector<HTMLInputElement>("main input[type=search]");
  search?.focus();
  search?.select();
  return search !== null;
};

type Actions = { onPalette: () => void; onHelp: () => void };

export const useShortcuts = ({ onPalette, onHelp }: Actions): void => {
  const navigate = useNavigate();
  const pages = usePages();
  const chordUntil = useRef(0);

  /** Answers whether the key meant something. */
  const pressed = (event: KeyboardEvent): boolean => {
    if (event.timeStamp < chordUntil.current) {
      chordUntil.current = 0;
      const page = pages.find(({ key }) => key === event.key);
      if (page !== undefined) void navigate({ to: page.to });
      return page !== undefined;
    }
    if (event.key === "g") chordUntil.current = event.timeStamp + chordMs;
    else if (event.key === "/") return focusSearch();
    else if (event.key === "?") onHelp();
    else return false;
    return true;
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.metaKey || event.ctrlKey) {
      if (event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      onPalette();
      return;
    }
    if (event.altKey || isTyping(event.target) || isOverlaid()) return;
    if (pressed(event)) event.preventDefault();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
};
