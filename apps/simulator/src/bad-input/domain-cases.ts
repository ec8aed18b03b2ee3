/** Whose domain a request names, and where: only the tenant's own, or none, is taken. */
import {
  acceptedStatus,
  type BadCase,
  type BadInputContext,
  createMakeCase,
  goodFields,
  isVoiceRoute,
  jsonBody,
  type Route,
  routes,
} from "./case.ts";

const domainTricks = ({ tenant, other }: BadInputContext): [string, string, "own" | "foreign"][] => [
  ["in capitals", tenant.domain.toUpperCase(), "own"],
  ["with a dot at its end", `${tenant.domain}.`, "own"],
  ["in capitals with a dot", `${tenant.domain.toUpperCase()}.`, "own"],
  ["the other tenant's", other.domain, "foreign"],
  ["the other tenant's in capitals", other.domain.toUpperCase(), "foreign"],
  ["nobody's", "nobody.example", "foreign"],
  ["below ours", `evil.${tenant.domain}`, "foreign"],
  ["ours as a prefix", `${tenant.domain}.evil.example`, "foreign"],
  ["ours as a suffix", `evil-${tenant.domain}`, "foreign"],
  ["with a port", `${tenant.domain}:443`, "foreign"],
  ["as a URL", `https://${tenant.domain}/`, "foreign"],
  ["with a wildcard", "*", "foreign"],
  ["with two dots", `${tenant.domain}..`, "foreign"],
  ["both", `${tenant.domain},${other.domain}`, "foreign"],
  ["with a homograph", tenant.domain.replace("e", "е"), "foreign"],
  ["of 10,000 letters", "d".repeat(10_000), "foreign"],
  ["a property's name", "__proto__", "foreign"],
];

const domains = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const status = (whose: "own" | "foreign"): number => (whose === "own" ? acceptedStatus(route) : 403);
  const voice = isVoiceRoute(route);
  const unnamed = (fields: Record<string, unknown>) =>
    voice ? { ...fields, Domain: undefined, AccountSid: undefined } : { ...fields, domain: undefined, owner: undefined };
  const cases = domainTricks(context).flatMap(([name, domain, whose]) => {
    const title = `domain ${name}`;
    const fields = goodFields(context, route, title);
    const direct = make(route, title, { body: jsonBody({ ...fields, [voice ? "Domain" : "domain"]: domain }) }, status(whose));
    if (!voice) return [direct];
    return [
      direct,
      make(route, `${title}, as AccountSid`, { body: jsonBody({ ...fields, Domain: undefined, AccountSid: domain }) }, status(whose)),
    ];
  });
  const header = (title: string, domain: string, expected: number): BadCase =>
    make(route, title, { headers: { "X-CX-Domain": domain }, body: jsonBody(unnamed(goodFields(context, route, title))) }, expected);
  return [
    ...cases,
    header("X-CX-Domain alone, ours", context.tenant.domain.toUpperCase(), acceptedStatus(route)),
    header("X-CX-Domain alone, foreign", context.other.domain, 403),
    make(route, "X-CX-Domain foreign, the body's ours", { headers: { "x-cx-domain": context.other.domain } }, acceptedStatus(route)),
    make(route, "no domain named", { body: jsonBody(unnamed(goodFields(context, route, "no domain named"))) }, acceptedStatus(route)),
  ];
};

export const domainCases = (context: BadInputContext): BadCase[] => routes.flatMap((route) => domains(context, route));
