/** What is typed into a picker, and what of it is asked for. */
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "./use-settled.ts";

const shownAtMost = 20;

/** `query` and `options`: of the list that is searched; what was found stays while more is typed. */
export const useTyping = () => {
  const [text, onSearch] = useState("");
  return { query: { limit: shownAtMost, search: useSettled(text) }, options: { placeholderData: keepPreviousData }, onSearch };
};
