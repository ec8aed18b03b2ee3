/** Bodies that are none: empty, not JSON, cut, too large, too deep, ambiguous. */
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

const limitBytes = 256 * 1024;
const cuts = 200;

const notJson: [string, string][] = [
  ["nothing", ""],
  ["blanks", " \r\n\t "],
  ["an open brace", "{"],
  ["a close brace", "}"],
  ["a word", "nope"],
  ["a missing value", '{"To":}'],
  ["single quotes", "{'To':'+15550100001'}"],
  ["a trailing comma", '{"To":"+15550100001",}'],
  ["an element", "<Response><Hangup/></Response>"],
  ["NaN", "NaN"],
  ["undefined", "undefined"],
  ["two objects", "{}{}"],
  ["an array that is cut", "[1,2"],
  ["a string that is cut", '"unterminated'],
  ["a comment", "// hello\n{}"],
  ["form fields said to be JSON", "Session=1&To=2"],
  ["a NUL", "\u0000"],
  ["a raw newline in a string", '{"To":"a\nb"}'],
  ["a bad escape", '{"To":"\\x41"}'],
  ["a bad unicode escape", '{"To":"\\u12"}'],
  ["hexadecimal", '{"To":0x10}'],
  ["a leading zero", '{"To":007}'],
  ["a plus sign", '{"To":+1}'],
  ["bare keys", '{To:"1"}'],
  ["half of a multipart body", "--x\r\nContent-Disposition: form-data\r\n\r\n"],
];

const notAnObject: [string, string][] = [
  ["null", "null"],
  ["true", "true"],
  ["a number", "0"],
  ["minus zero", "-0"],
  ["1e400", "1e400"],
  ["a string", '"Session"'],
  ["an empty array", "[]"],
  ["an array of a number", "[1]"],
  ["an array of null", "[null]"],
  ["an array of an array", "[[]]"],
  ["an array of an empty object", "[{}]"],
  ["an empty object", "{}"],
  ["a deep array", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
];

/** Invalid UTF-8 becomes replacement characters, so that what is left must still not be JSON. */
const rawBytes: [string, Buffer][] = [
  ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0xfd, 0x80])],
  ["UTF-16", Buffer.from('{"To":"1"}', "utf16le")],
  ["a gzip head", Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
];

const broken = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const whole = JSON.stringify(goodFields(context, route, "cut"));
  const offsets = Array.from({ length: cuts }, (_none, cut) => Math.floor((cut * whole.length) / cuts));
  return [
    ...notJson.map(([name, text]) => make(route, `not JSON, ${name}`, { body: bytes(text) }, 400)),
    ...notAnObject.map(([name, text]) => make(route, `no object, ${name}`, { body: bytes(text) }, 400)),
    ...rawBytes.map(([name, raw]) => make(route, name, { body: bytes(raw) }, 400)),
    ...offsets.map((offset) => make(route, `cut at ${offset}`, { body: bytes(whole.slice(0, offset)) }, 400)),
    make(route, "nothing as a form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: bytes("") }, 400),
    make(
      route,
      "separators as a form",
      { headers: { "content-type": "application/x-www-form-urlencoded" }, body: bytes("&&==&=&%%%") },
      400,
    ),
    make(route, "JSON as a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 400),
    make(route, "nothing, without a type", { headers: { "content-type": undefined }, body: bytes("") }, 400),
  ];
};

const padded = (context: BadInputContext, route: Route, name: string, length: number): Buffer => {
  const fields = goodFields(context, route, name);
  const bare = Buffer.byteLength(JSON.stringify({ ...fields, padding: "" }));
  return Buffer.from(JSON.stringify({ ...fields, padding: "x".repeat(length - bare) }));
};

function* endless(start: Buffer): Generator<Buffer> {
  yield start;
  for (let sent = 0; sent < 512; sent += 1) yield Buffer.alloc(16_384, 0x20);
}

const sizes = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const good = acceptedStatus(route);
  const start = Buffer.from('{"To":"+15550100001"');
  const wrong = { authorization: "Bearer wrong" };
  const endlessBody = { kind: "pieces", pieces: () => endless(start), pauseMs: 0 } as const;
  const declared = (length: number) => ({ kind: "declared", length, start }) as const;
  return [
    make(route, "exactly 256 KiB", { body: bytes(padded(context, route, "exactly 256 KiB", limitBytes)) }, good),
    make(route, "256 KiB and one byte", { body: declared(limitBytes + 1) }, 413),
    make(route, "1 MB", { body: declared(1_000_000) }, 413),
    make(route, "2^53 bytes", { body: declared(2 ** 53) }, 413),
    make(route, "1 MB under a wrong method", { method: "PUT", body: declared(1_000_000) }, 413),
    make(route, "1 MB of a wrong type", { headers: { "content-type": "text/plain" }, body: declared(1_000_000) }, 413),
    make(route, "1 MB with a wrong token", { headers: wrong, body: declared(1_000_000) }, 413),
    make(route, "endless chunks", { body: endlessBody }, 413),
    make(route, "endless chunks with a wrong token", { headers: wrong, body: endlessBody }, 401),
    make(route, "endless chunks of a wrong type", { headers: { "content-type": "text/plain" }, body: endlessBody }, 415),
  ];
};

const slow = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const pieces = (name: string) => () => {
    const whole = Buffer.from(JSON.stringify(goodFields(context, route, name)));
    return Array.from({ length: 10 }, (_none, part) =>
      whole.subarray(Math.floor((part * whole.length) / 10), Math.floor(((part + 1) * whole.length) / 10)),
    );
  };
  const slowly = (name: string) => ({ kind: "pieces", pieces: pieces(name), pauseMs: 5 }) as const;
  const never = { kind: "declared", length: 100, start: Buffer.from("{") } as const;
  return [
    make(route, "a slow body", { body: slowly("a slow body") }, acceptedStatus(route)),
    make(route, "a body that never comes, with a wrong token", { headers: { authorization: "Bearer wrong" }, body: never }, 401),
    make(route, "a body that never comes, under a wrong method", { method: "DELETE", body: never }, 405),
    make(route, "a body that never comes, of a wrong type", { headers: { "content-type": "image/png" }, body: never }, 415),
  ];
};

/** Text that is put before the good object's first field, so that what is given there loses to it, or after its last, so that it wins. */
const spliced = (
  context: BadInputContext,
  route: Route,
  name: string,
  splice: { before?: string; after?: string },
): ReturnType<typeof bytes> => {
  const inside = JSON.stringify(goodFields(context, route, name)).slice(1, -1);
  return bytes(`{${[splice.before, inside, splice.after].filter((part) => part !== undefined).join(",")}}`);
};

const duplicates = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const good = acceptedStatus(route);
  const own = JSON.stringify(context.tenant.domain);
  const foreign = JSON.stringify(context.other.domain);
  const domain = isVoiceRoute(route) ? "Domain" : "domain";
  const twice = (name: string, splice: { before?: string; after?: string }, expected: number): BadCase =>
    make(route, name, { body: spliced(context, route, name, splice) }, expected);
  const cases = [
    twice("a foreign domain, then ours", { before: `"${domain}":${foreign}` }, good),
    twice("our domain, then a foreign one", { after: `"${domain}":${foreign}` }, 403),
    twice("our domain twice", { after: `"${domain}":${own}` }, good),
    twice("a thousand times the same key", { before: Array.from({ length: 1000 }, () => '"again":1').join(",") }, good),
  ];
  if (!isVoiceRoute(route)) return cases;
  return [
    ...cases,
    twice("To null, then a number", { before: '"To":null' }, good),
    twice("a To, then null", { after: '"To":null' }, 400),
    twice("a To, then nothing in it", { after: '"To":""' }, 400),
    twice("a To, then another", { after: '"To":"+15550100002"' }, good),
  ];
};

const poison = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "__defineGetter__",
  "valueOf",
  "then",
  "toJSON",
  "length",
];

const unknownFields = (context: BadInputContext, route: Route): BadCase[] => {
  const make = createMakeCase(context);
  const good = acceptedStatus(route);
  const added = (name: string, after: string): BadCase => make(route, name, { body: spliced(context, route, name, { after }) }, good);
  const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
  const wide = `{${Array.from({ length: 5_000 }, (_none, index) => `"k${index}":${index}`).join(",")}}`;
  const formFields = poison.map((key) => `${key}=x&${key}[polluted]=1`).join("&");
  return [
    ...poison.map((key) => added(`an unknown field ${key} with an object`, `"${key}":{"To":"+15550100666","polluted":true}`)),
    ...poison.map((key) => added(`an unknown field ${key} with text`, `"${key}":"x"`)),
    ...poison.map((key) =>
      make(route, `nothing but ${key}`, { body: bytes(`{"${key}":{"Session":"x","To":"x","token":"x","call_id":"x"}}`) }, 400),
    ),
    added("an unknown field with 10,000 levels of arrays", `"deep":${"[".repeat(10_000)}${"]".repeat(10_000)}`),
    added("an unknown field with 5,000 levels of objects", `"deep":${deep}`),
    added("an unknown field with 5,000 fields", `"wide":${wide}`),
    added("an empty field name", '"":1'),
    added("a field name with NUL", '"\\u0000":1'),
    added("a field name of 10,000 characters", `"${"n".repeat(10_000)}":1`),
    added("an operator as a field", '"$where":"sleep(1000)"'),
    make(route, "poison as a form", { headers: { "content-type": "application/x-www-form-urlencoded" }, body: bytes(formFields) }, 400),
    make(route, "a byte order mark", { body: bytes(`\uFEFF${JSON.stringify(goodFields(context, route, "a byte order mark"))}`) }, good),
    make(route, "blanks around", { body: bytes(` \r\n${JSON.stringify(goodFields(context, route, "blanks around"))}\n `) }, good),
  ];
};

const wrapped = (context: BadInputContext): BadCase[] => {
  const make = createMakeCase(context);
  // The contract does not say it of a CDR.
  return routes
    .filter((route) => route !== "cdr")
    .map((route) =>
      make(
        route,
        "the object alone in an array",
        { body: jsonBody([goodFields(context, route, "the object alone in an array")]) },
        route === "session_update" ? 204 : 400,
      ),
    );
};

export const bodyCases = (context: BadInputContext): BadCase[] => [
  ...routes.flatMap((route) => [
    ...broken(context, route),
    ...sizes(context, route),
    ...slow(context, route),
    ...duplicates(context, route),
    ...unknownFields(context, route),
  ]),
  ...wrapped(context),
];
