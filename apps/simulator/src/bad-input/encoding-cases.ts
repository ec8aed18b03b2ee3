/** The same requests as forms and as queries, with what only those can get wrong. */
import {
  acceptedStatus,
  type BadCase,
  type BadInputContext,
  bytes,
  createMakeCase,
  goodFields,
  goodPath,
  isVoiceRoute,
  type Route,
  routes,
} from "./case.ts";

const asForm = (fields: Record<string, unknown>): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  ).toString();

const forms = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const form = (title: string, more: string, expected: number): BadCase =>
    make(route, title, { headers, body: bytes(`${asForm(goodFields(context, route, title))}${more}`) }, expected);
  const domain = isVoiceRoute(route) ? "Domain" : "domain";
  return [
    form("a form", "", acceptedStatus(route)),
    form("a form with what is no escape", "&x=%zz&%=%&y=%c3%28", acceptedStatus(route)),
    form("a form whose last domain is foreign", `&${domain}=${context.other.domain}`, 403),
    form(
      "a form with 5,000 fields at its end",
      Array.from({ length: 5_000 }, (_none, index) => `&f${index}=1`).join(""),
      acceptedStatus(route),
    ),
  ];
};

const queries = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  const get = (title: string, query: string, expected: number, headers: Record<string, string | undefined> = {}): BadCase =>
    make(
      "voice",
      title,
      {
        method: "GET",
        path: `${goodPath(context, "voice")}?${query}`,
        headers: { "content-type": undefined, ...headers },
        body: bytes(""),
      },
      expected,
    );
  const good = (title: string): string => asForm(goodFields(context, "voice", title));
  return [
    get("GET", good("GET"), 200),
    get("GET without a query", "", 400),
    get("GET without To", "Session=badinput-get", 400),
    get("GET without a session", "To=%2B15550100001", 400),
    get("GET with To twice, the last empty", `${good("GET 2")}&To=`, 400),
    get("GET with To twice, the last a number", `To=&${good("GET 3")}`, 200),
    get("GET of a foreign domain", `${good("GET 4")}&Domain=${context.other.domain}`, 403),
    get("GET with a wrong token", good("GET 5"), 401, { authorization: "Bearer wrong" }),
    get("GET with what is no escape", `${good("GET 6")}&x=%zz&y=%c3%28`, 200),
    get("GET with poison", `${good("GET 7")}&__proto__=x&constructor[prototype]=y`, 200),
    get("GET of a text type", good("GET 8"), 200, { "content-type": "text/plain" }),
  ];
};

export const encodingCases = (context: BadInputContext): BadCase[] => [
  ...routes.flatMap((route) => forms(context, route)),
  ...queries(context),
];
