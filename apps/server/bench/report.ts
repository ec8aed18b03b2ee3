/** The figures as a table for a terminal, and as a file for whoever compares runs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { type Figure, isMet, ratioOf, type Target } from "./figure.ts";

const inDigits = (value: number): string => {
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en-US");
  return value.toPrecision(3);
};

const targetText = (target: Target | null, unit: string): string => {
  if (target === null) return "";
  const { is, limit, of } = target;
  return of === "ratio" ? `${is} ${limit} ×` : `${is} ${inDigits(limit)} ${unit}`;
};

const metText = (met: boolean | null): string => {
  if (met === null) return "";
  return met ? "met" : "NOT MET";
};

const cellsOf = (figure: Figure): string[] => {
  const ratio = ratioOf(figure);
  return [
    `${figure.benchmark}: ${figure.what}`,
    `${inDigits(figure.value)} ${figure.unit}`,
    figure.baseline ? `${inDigits(figure.baseline.value)} ${figure.unit}` : "",
    ratio === null ? "" : ratio.toFixed(2),
    targetText(figure.target, figure.unit),
    metText(isMet(figure)),
  ];
};

export const tableOf = (figures: Figure[]): string => {
  const rows = [["figure", "measured", "baseline", "ratio", "target", ""], ...figures.map(cellsOf)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ");
  const baselines = new Set(figures.flatMap(({ benchmark, baseline }) => (baseline ? [`${benchmark}: ${baseline.what}`] : [])));
  const said = baselines.size === 0 ? [] : ["", "Baselines, measured in the same run:", ...[...baselines].map((text) => `  ${text}`)];
  return [...rows.map(line), ...said].join("\n");
};

export const writeReport = (path: string, run: { startedAt: Date; seconds: number; figures: Figure[] }): void => {
  mkdirSync(dirname(path), { recursive: true });
  const report = {
    startedAt: run.startedAt.toISOString(),
    seconds: Math.round(run.seconds),
    node: process.version,
    processors: cpus().length,
    figures: run.figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) })),
  };
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
};
