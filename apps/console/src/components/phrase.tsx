/** Words with a number behind them, the number in figures. */
import type { PatternPhrase } from "../format/pattern-words.ts";

type Props = { phrase: PatternPhrase; isCapital?: boolean };

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

export const Phrase = ({ phrase: { words, number }, isCapital = false }: Props) => (
  <>
    {isCapital ? capital(words) : words}
    {words !== "" && number !== null && " "}
    {number !== null && <span className="num whitespace-nowrap">{number}</span>}
  </>
);
