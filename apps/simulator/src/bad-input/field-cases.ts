/** Each known field of each route, one at a time: missing, of another type, empty, far too long. */
import {
  acceptedStatus,
  type BadCase,
  type BadInputContext,
  createMakeCase,
  type Fields,
  goodFields,
  jsonBody,
  type Route,
  routes,
} from "./case.ts";

const odd = {
  missing: undefined,
  null: null,
  "a number": 42,
  "an object": { a: { $gt: "" } },
  "an array": [1, "2"],
  true: true,
  empty: "",
  "10,000 characters": "7".repeat(10_000),
} as const;

type Oddity = keyof typeof odd;

const oddities: readonly Oddity[] = ["missing", "null", "a number", "an object", "an array", "true", "empty", "10,000 characters"];

/** Numbers are read as text; what is neither is as good as missing. */
const readsAsText = (oddity: Oddity): boolean => oddity === "a number" || oddity === "10,000 characters";

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** The object with the value at a dotted path replaced, or removed where it is undefined. */
export function replaced(fields: Fields, path: readonly string[], value: unknown): Fields {
  const [name, ...rest] = path;
  if (name === undefined) return fields;
  const inner = fields[name];
  const next = rest.length === 0 ? value : replaced(isFields(inner) ? inner : {}, rest, value);
  const { [name]: _gone, ...others } = fields;
  return next === undefined ? others : { ...fields, [name]: next };
}

/** Every path to a value in a good request, nested objects included. */
function pathsOf(fields: Fields, before: readonly string[] = []): string[][] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const path = [...before, name];
    return isFields(value) && Object.keys(value).length > 0 ? [path, ...pathsOf(value, path)] : [path];
  });
}

function expectedFor(route: Route, path: string, oddity: Oddity): number {
  if (path === "To") return readsAsText(oddity) ? acceptedStatus(route) : 400;
  // A text that is no domain of the tenant's names a foreign one.
  if (path === "Domain" || path === "domain") return readsAsText(oddity) ? 403 : acceptedStatus(route);
  // The URL was signed for another call than the one that the body names.
  if (route === "dial_result" && path === "Session") return readsAsText(oddity) ? 401 : 200;
  return acceptedStatus(route);
}

const oneByOne = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  return pathsOf(goodFields(context, route, "")).flatMap((path) =>
    oddities.map((oddity) => {
      const name = `${path.join(".")} ${oddity}`;
      return make(
        route,
        name,
        { body: jsonBody(replaced(goodFields(context, route, name), path, odd[oddity])) },
        expectedFor(route, path.join("."), oddity),
      );
    }),
  );
};

const identities: Record<Route, string[][]> = {
  voice: [["Session"], ["CallSid"], ["SessionData", "token"]],
  dial_result: [["Session"], ["CallSid"], ["SessionData", "token"]],
  session_update: [["token"], ["id"], ["callIds"]],
  cdr: [["session"], ["call_id"]],
};

/** Without its names a request is nobody's; with the last of them it is somebody's. */
const withoutIdentity = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const without = (name: string, value: unknown): BadCase => {
    const fields = identities[route].reduce((left, path) => replaced(left, path, value), goodFields(context, route, name));
    return make(route, name, { body: jsonBody(fields) }, 400);
  };
  return [
    without("no identity at all", undefined),
    without("every identity null", null),
    without("every identity empty", ""),
    without("every identity true", true),
    without("every identity an object", { token: {} }),
    without("every identity an array", []),
    without("every identity blank", " \t "),
    without("every identity of characters that XML lacks", "\u0000\u0001\uFFFE"),
  ];
};

const fallsBack = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  const voice = (name: string, paths: string[][], headers: Record<string, string> = {}): BadCase =>
    make(
      "voice",
      name,
      { headers, body: jsonBody(paths.reduce((left, path) => replaced(left, path, undefined), goodFields(context, "voice", name))) },
      200,
    );
  const all = [["Session"], ["CallSid"], ["SessionData"]];
  return [
    voice("named by SessionData.token", [["Session"], ["CallSid"]]),
    voice("named by X-CX-Session", all, { "X-CX-Session": "badinput0000000000000000000000a1" }),
    voice("named by CallSid", [["Session"], ["SessionData"]]),
    voice("no From", [["From"]]),
    voice("no domain anywhere", [["Domain"], ["AccountSid"], ["SessionData", "domainNameOrId"]]),
    voice("only what must be there", [
      ["CallSid"],
      ["From"],
      ["CallerName"],
      ["Direction"],
      ["CallStatus"],
      ["AccountSid"],
      ["Domain"],
      ["SessionData"],
    ]),
  ];
};

export const fieldCases = (context: BadInputContext): BadCase[] => [
  ...routes.flatMap((route) => [...oneByOne(context, route), ...withoutIdentity(context, route)]),
  ...fallsBack(context),
];
