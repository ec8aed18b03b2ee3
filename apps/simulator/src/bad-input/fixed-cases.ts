/** Every fixed case of bad input for the platform's door, each with the one status that the contract gives it. */
import { bodyCases } from "./body-cases.ts";
import type { BadCase, BadInputContext } from "./case.ts";
import { domainCases } from "./domain-cases.ts";
import { doorCases } from "./door-cases.ts";
import { encodingCases } from "./encoding-cases.ts";
import { fieldCases } from "./field-cases.ts";
import { textCases } from "./text-cases.ts";

export const fixedCases = (context: BadInputContext): BadCase[] => [
  ...doorCases(context),
  ...domainCases(context),
  ...encodingCases(context),
  ...bodyCases(context),
  ...fieldCases(context),
  ...textCases(context),
];
