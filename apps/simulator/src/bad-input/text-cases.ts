/** Texts, numbers and dates that are strange or hostile where something ordinary is expected. */
import {
  acceptedStatus,
  type BadCase,
  type BadInputContext,
  bytes,
  createMakeCase,
  goodFields,
  isVoiceRoute,
  jsonBody,
  type Route,
  routes,
} from "./case.ts";
import { replaced } from "./field-cases.ts";

const strange: [string, string][] = [
  ["NUL", "a\u0000b"],
  ["controls", "\u0001\u0002\u001b[31mred\u007f"],
  ["a lone high surrogate", "a\uD800b"],
  ["a lone low surrogate", "a\uDC00b"],
  ["surrogates the wrong way round", "\uDC00\uD800"],
  ["a byte order mark inside", "\uFEFFa"],
  ["non-characters", "a\uFFFE\uFFFFb"],
  ["right to left", "\u202Eevil\u202C مرحبا"],
  ["emoji", "👩‍👩‍👧‍👦🏳️‍🌈"],
  ["combining marks", `e${"\u0301".repeat(500)}`],
  ["zero width", "\u200B\u200D\u2060"],
  ["line separators", "a\u2028b\u2029c"],
  ["CRLF", "a\r\nSet-Cookie: b=c\r\n\r\n<html>"],
  ["XML", '"/><Hangup/><Say>hi</Say><x y="'],
  ["an entity", "&lt;&amp;&#0;&xxe;"],
  ["the end of CDATA", "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>"],
  ["SQL", "'; DROP TABLE call_records; --"],
  ["SQL that is always true", "' OR '1'='1"],
  ["an operator", '{"$gt":""}'],
  ["a template", "{{7*7}}${7*7}<%= 7*7 %>"],
  ["a path", "../../../../etc/passwd%00"],
  ["a formula", '=HYPERLINK("http://evil.example")'],
  ["a format", "%s%n%x%d"],
  ["a Redis command", "\r\n*1\r\n$8\r\nFLUSHALL\r\n"],
  ["a hash tag", "{p00}:other"],
  ["a backslash", "\\\\\\\"'`"],
  ["blanks", " \t\r\n "],
];

const phones = [
  "+",
  "00",
  "++1",
  "+0",
  "0",
  "1",
  "*",
  "#",
  "*72",
  "+1*",
  "tel:+15550100001",
  "sip:bob@example.net",
  "sip:bob@example.net;transport=tcp",
  "anonymous",
  "Restricted",
  "unavailable",
  "+1 (555) 010-0002",
  "+1.555.010.0002",
  "1-555-010-0002",
  "٠١٢٣٤٥٦٧٨٩",
  "１５５５０１００００１",
  "+15550100001;ext=5",
  "+15550100001,,1",
  "+15550100001\u0000",
  "0015550100001",
  "bob",
  "+1e5",
  "0x15",
  `+${"1".repeat(16)}`,
  `+${"9".repeat(200)}`,
  "-15550100001",
  "+-1",
  "NaN",
  "null",
  "undefined",
  "[object Object]",
];

/** Fields in which strange text may stand without changing who calls, whom or for which tenant. */
const texts: Record<Route, string[]> = {
  voice: ["From", "CallerName", "Direction", "CallStatus", "Diverted", "AssertedIdentity", "ApiVersion"],
  dial_result: ["From", "CallerName", "DialCallStatus"],
  session_update: ["callerId", "status", "eventId", "reason"],
  cdr: ["from", "disposition", "application", "recording_url"],
};

const strangeTexts = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  return texts[route].flatMap((field) =>
    strange.map(([name, text]) => {
      const title = `${name} in ${field}`;
      return make(route, title, { body: jsonBody({ ...goodFields(context, route, title), [field]: text }) }, acceptedStatus(route));
    }),
  );
};

const callee: Record<Route, string> = { voice: "To", dial_result: "To", session_update: "destination", cdr: "to" };
const caller: Record<Route, string> = { voice: "From", dial_result: "From", session_update: "callerId", cdr: "from" };

const oddNumbers = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  return phones.flatMap((number) =>
    [callee[route], caller[route]].map((field) => {
      const title = `${field} ${JSON.stringify(number.slice(0, 40))}`;
      return make(route, title, { body: jsonBody({ ...goodFields(context, route, title), [field]: number }) }, acceptedStatus(route));
    }),
  );
};

const literals = ["1e400", "-1e400", "-0", "9007199254740993", "1e-400", "0.1e1", "123456789012345678901234567890"];
const dates = [
  "",
  "yesterday",
  "9999-99-99",
  "0000-00-00T00:00:00Z",
  "+275760-09-13T00:00:00.001Z",
  "-271821-04-19T23:59:59Z",
  "2026-02-30T25:61:61Z",
  "1970-01-01T00:00:00Z",
  "2026-01-01",
  "1e20",
  -1,
  0,
  1e20,
  8.64e15 + 1,
  1_767_225_600.5,
];

const numbersIn: Record<Route, string[]> = {
  voice: ["From", "ApiVersion"],
  dial_result: ["From", "CallerName"],
  session_update: ["id", "modifiedAt", "callEndTime", "domainId"],
  cdr: ["timestamp", "duration", "billsec", "cx_trunk_id"],
};

const datesIn: Record<Route, string[]> = {
  voice: ["SessionData.callStartTime"],
  dial_result: ["SessionData.callStartTime"],
  session_update: ["createdAt", "modifiedAt", "callStartTime", "answerTime", "callEndTime", "endTime"],
  cdr: ["timestamp", "session.callStartTime", "session.callAnswerTime", "session.callEndTime"],
};

/** Written as text, since no JSON writer puts such numbers out. The field's last value wins. */
const oddLiterals = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  return numbersIn[route].flatMap((field) =>
    literals.map((literal) => {
      const title = `${field} ${literal}`;
      const whole = JSON.stringify(goodFields(context, route, title));
      return make(route, title, { body: bytes(`${whole.slice(0, -1)},"${field}":${literal}}`) }, acceptedStatus(route));
    }),
  );
};

const absurdDates = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  return datesIn[route].flatMap((field) =>
    dates.map((date) => {
      const title = `${field} ${JSON.stringify(date)}`;
      return make(
        route,
        title,
        { body: jsonBody(replaced(goodFields(context, route, title), field.split("."), date)) },
        acceptedStatus(route),
      );
    }),
  );
};

const words = ["", "COMPLETED", "no-answer", "No Answer", "bus y", "exploded", "__proto__", "constructor", "0", "🤷"];

const unknownWords = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const fields = isVoiceRoute(route)
    ? ["CallStatus", "DialCallStatus", "Direction"]
    : route === "cdr"
      ? ["disposition"]
      : ["status", "direction", "action"];
  return fields.flatMap((field) =>
    words.map((word) => {
      const title = `${field} says ${JSON.stringify(word)}`;
      return make(route, title, { body: jsonBody({ ...goodFields(context, route, title), [field]: word }) }, acceptedStatus(route));
    }),
  );
};

const sessions: [string, string][] = strange.filter(([name]) => name !== "blanks");

/** A call may be named as strangely as it likes; a dial's result, though, names the call that its URL was signed for. */
const strangeSessions = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  return [
    ...sessions.map(([name, text]) =>
      make("voice", `Session of ${name}`, { body: jsonBody({ ...goodFields(context, "voice", ""), Session: `${text}-1` }) }, 200),
    ),
    ...sessions.map(([name, text]) =>
      make(
        "dial_result",
        `Session of ${name}`,
        { body: jsonBody({ ...goodFields(context, "dial_result", ""), Session: `${text}-1` }) },
        401,
      ),
    ),
  ];
};

export const textCases = (context: BadInputContext): BadCase[] => [
  ...routes.flatMap((route) => [
    ...strangeTexts(context, route),
    ...oddNumbers(context, route),
    ...oddLiterals(context, route),
    ...absurdDates(context, route),
    ...unknownWords(context, route),
  ]),
  ...strangeSessions(context),
];
