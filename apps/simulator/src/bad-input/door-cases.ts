/** Requests that are refused at the door: methods, content types, credentials, signatures, domains. */
import {
  acceptedStatus,
  type BadCase,
  type BadInputContext,
  bytes,
  createMakeCase,
  goodFields,
  goodPath,
  isVoiceRoute,
  jsonBody,
  type Route,
  routes,
} from "./case.ts";

const otherMethods = ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "PURGE"];

const methods = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const refused = isVoiceRoute(route) ? otherMethods : [...otherMethods, "GET"];
  const nothing = bytes("");
  return [
    ...refused.map((method) => make(route, `method ${method}`, { method, headers: { "content-type": undefined }, body: nothing }, 405)),
    make(route, "a wrong method with a wrong token", { method: "PUT", headers: { authorization: "Bearer wrong" } }, 405),
    make(route, "a wrong method of a wrong type", { method: "PUT", headers: { "content-type": "text/plain" } }, 405),
  ];
};

const wrongTypes = [
  "text/plain",
  "text/html",
  "text/xml",
  "application/xml",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "image/png",
  "application/jsonx",
  "json",
  "application",
  "application/",
  "/json",
  ";;;",
  "application/x-ndjson",
  "application/javascript",
  "*/*",
  "text/json",
  "application/x-www-form-urlencoded2",
];
const goodTypes = [
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/json;charset=UTF-8",
  " application/json ",
  "application/json; q=1; x",
];

const contentTypes = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  return [
    ...wrongTypes.map((type) => make(route, `type ${type}`, { headers: { "content-type": type } }, 415)),
    ...goodTypes.map((type) => make(route, `type ${type}`, { headers: { "content-type": type } }, acceptedStatus(route))),
    make(route, "no type at all", { headers: { "content-type": undefined } }, acceptedStatus(route)),
    make(route, "a wrong type with a wrong token", { headers: { "content-type": "text/plain", authorization: "Bearer wrong" } }, 415),
  ];
};

const wrongCredentials = ({ tenant, other, revokedToken }: BadInputContext): [string, string][] => [
  ["Basic", `Basic ${Buffer.from(`x:${tenant.webhookToken}`).toString("base64")}`],
  ["Digest", `Digest username="x", response="${tenant.webhookToken}"`],
  ["an empty header", ""],
  ["Bearer alone", "Bearer"],
  ["Bearer and blanks", "Bearer    "],
  ["the bare token", tenant.webhookToken],
  ["another token", "Bearer 0000000000000000000000000000000000000000000"],
  ["the token and more", `Bearer ${tenant.webhookToken}x`],
  ["the token cut", `Bearer ${tenant.webhookToken.slice(0, -1)}`],
  ["the token in capitals", `Bearer ${tenant.webhookToken.toUpperCase()}.`],
  ["the token twice", `Bearer ${tenant.webhookToken} ${tenant.webhookToken}`],
  ["two in one header", `Bearer wrong, Bearer ${tenant.webhookToken}`],
  ["the token in quotes", `Bearer "${tenant.webhookToken}"`],
  ["no blank", `Bearer${tenant.webhookToken}`],
  ["8 KB", `Bearer ${"x".repeat(8_185)}`],
  ["a revoked one", `Bearer ${revokedToken}`],
  ["the other tenant's", `Bearer ${other.webhookToken}`],
  ["the path's key", `Bearer ${tenant.tenantKey}`],
  ["a property's name", "Bearer __proto__"],
  ["SQL", "Bearer ' OR '1'='1"],
];

const credentials = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const good = `Bearer ${context.tenant.webhookToken}`;
  return [
    ...wrongCredentials(context).map(([name, authorization]) => make(route, `credentials: ${name}`, { headers: { authorization } }, 401)),
    make(
      route,
      "credentials: two headers, the first wrong",
      { headers: { authorization: "Bearer wrong" }, extraHeaders: [["authorization", good]] },
      401,
    ),
    make(route, "credentials: none", { headers: { authorization: undefined } }, route === "dial_result" ? 200 : 401),
    make(
      route,
      "credentials: blanks around the token",
      { headers: { authorization: `Bearer   ${context.tenant.webhookToken}  ` } },
      acceptedStatus(route),
    ),
    make(
      route,
      "credentials: bearer in small letters",
      { headers: { authorization: `bearer ${context.tenant.webhookToken}` } },
      acceptedStatus(route),
    ),
    make(route, "a wrong token with an unreadable body", { headers: { authorization: "Bearer wrong" }, body: bytes("{") }, 401),
    make(
      route,
      "a wrong token with a foreign domain",
      { headers: { authorization: "Bearer wrong", "x-cx-domain": context.other.domain } },
      401,
    ),
  ];
};

const pathKeys = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  const { tenant, other } = context;
  const keys: [string, string][] = [
    ["an unknown key", "0".repeat(tenant.tenantKey.length)],
    ["the other tenant's key", other.tenantKey],
    ["the key and more", `${tenant.tenantKey}x`],
    ["the key cut", tenant.tenantKey.slice(0, -1)],
    ["a property's name", "__proto__"],
    ["a path upwards", "..%2f..%2fadmin"],
    ["NUL", "%00"],
    ["what is no escape", "%zz"],
    ["4,000 characters", "k".repeat(4_000)],
    ["the domain", tenant.domain],
  ];
  return (["voice", "session_update", "cdr"] as const).flatMap((route) => {
    const folder = goodPath(context, route).slice(0, -tenant.tenantKey.length);
    return keys.map(([name, key]) => make(route, `path: ${name}`, { path: `${folder}${key}` }, 401));
  });
};

const withoutKey = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  const path = "/api/webhooks/voice-application";
  return [
    make("voice", "no key in the path", { path }, 200),
    make(
      "voice",
      "no key in the path, the other tenant's token",
      { path, headers: { authorization: `Bearer ${context.other.webhookToken}` } },
      403,
    ),
    make("voice", "no key in the path, no token", { path, headers: { authorization: undefined } }, 401),
  ];
};

function flipped(text: string, at: number): string {
  const character = text[at] ?? "";
  return `${text.slice(0, at)}${character === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}

const signatures = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  const { actionPath } = context.dial;
  const [path = "", query = ""] = actionPath.split("?", 2);
  // The last character of a base64 text may carry bits that nobody reads.
  const offsets = Array.from(
    { length: 24 },
    (_none, part) => actionPath.length - query.length + 2 + Math.floor((part * (query.length - 4)) / 24),
  );
  const wrong: [string, string][] = [
    ["nothing signed", path],
    ["an empty query", `${path}?`],
    ["an empty signature", `${path}?${query.split("=", 1)[0]}=`],
    ["half of it", actionPath.slice(0, actionPath.length - Math.floor(query.length / 2))],
    ["without its last eight", actionPath.slice(0, -8)],
    ["20,000 characters", `${path}?${query.split("=", 1)[0]}=${"A".repeat(8_000)}`],
    ["dots", `${path}?s=...`],
    ["a property's name", `${path}?s=__proto__.constructor.prototype`],
    ["bytes that are no text", `${path}?s=%ff%fe%00`],
    ["another call's, of the other tenant", context.otherDial.actionPath],
  ];
  return [
    ...wrong.map(([name, spoiled]) => make("dial_result", `signature: ${name}`, { path: spoiled }, 401)),
    ...offsets.map((offset) => make("dial_result", `signature: character ${offset} changed`, { path: flipped(actionPath, offset) }, 401)),
    make(
      "dial_result",
      "signature: the body names another call",
      { body: jsonBody({ ...goodFields(context, "dial_result", ""), Session: "another" }) },
      401,
    ),
    make("dial_result", "signature: more in the query", { path: `${actionPath}&x=1` }, 200),
  ];
};

export const doorCases = (context: BadInputContext): BadCase[] => [
  ...routes.flatMap((route) => [...methods(context, route), ...contentTypes(context, route), ...credentials(context, route)]),
  ...pathKeys(context),
  ...withoutKey(context),
  ...signatures(context),
];
