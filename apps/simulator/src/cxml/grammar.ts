/** The elements and attributes that Cloudonix documents, as data: what is not listed here must not be sent. */

/** Says what is wrong with a value, or null. */
type ValueRule = (value: string) => string | null;

export type ElementRule = {
  attributes: Record<string, ValueRule>;
  required: readonly string[];
  children: readonly string[];
  /** `exact`: an address, in which white space would count; `words`: something said. */
  text: "none" | "exact" | "words" | "optional";
};

const matching =
  (pattern: RegExp, meaning: string): ValueRule =>
  (value) =>
    pattern.test(value) ? null : `must be ${meaning}`;

const oneOf = (...allowed: string[]): ValueRule =>
  matching(new RegExp(`^(?:${allowed.map((word) => word.replaceAll(".", "\\.")).join("|")})$`), `one of ${allowed.join(", ")}`);

const boolean = oneOf("true", "false");
const httpMethod = oneOf("GET", "POST");
const anyText: ValueRule = (value) => (value.trim() === value && value !== "" ? null : "must be a text without white space around it");

const wholeNumber =
  (least: number, most: number): ValueRule =>
  (value) =>
    /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most ? null : `must be a whole number from ${least} to ${most}`;

/** Cloudonix resolves relative URLs somehow; only an absolute one means the same everywhere. */
const absoluteUrl =
  (...schemes: string[]): ValueRule =>
  (value) => {
    if (/\s/.test(value)) return "must be a URL without white space";
    if (/&(?:amp|lt|gt|quot|apos|#\d+);/i.test(value)) return "is escaped twice";
    const url = URL.parse(value);
    if (url === null || !schemes.includes(url.protocol)) return "must be an absolute URL";
    return url.username === "" && url.password === "" ? null : "must not carry credentials";
  };

const webUrl = absoluteUrl("http:", "https:");
const socketUrl = absoluteUrl("wss:", "ws:");
const speech = {
  voice: anyText,
  language: matching(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, "a language tag"),
  loop: wholeNumber(0, 1000),
  answer: boolean,
};
const statusHook = { statusCallback: webUrl, statusCallbackMethod: httpMethod };
const recordingHook = { recordingStatusCallback: webUrl, recordingStatusCallbackMethod: httpMethod, recordingStatusCallbackEvent: anyText };
const trim = oneOf("trim-silence", "do-not-trim");
const trunkNames = matching(/^[^,\s][^,]*(?:,[^,\s][^,]*)*$/, "trunk names with commas between");

const element = (rule: Partial<ElementRule>): ElementRule => ({ attributes: {}, required: [], children: [], text: "none", ...rule });

const dialAttributes = {
  action: webUrl,
  method: httpMethod,
  callerId: anyText,
  callerName: anyText,
  forwardHeaders: boolean,
  headers: anyText,
  hangupOnStar: boolean,
  hangupOn: matching(/^[0-9*#A-D]+$/, "keys of a telephone"),
  timeout: wholeNumber(1, 600),
  timeLimit: wholeNumber(1, 86_400),
  record: matching(/^[a-z-]+$/, "a recording mode"),
  trim,
  trunks: trunkNames,
  ...recordingHook,
};

const conferenceAttributes = {
  beep: boolean,
  muted: boolean,
  prompts: boolean,
  dtmf: anyText,
  holdMusic: anyText,
  startConferenceOnEnter: oneOf("true", "false", "required"),
  endConferenceOnExit: boolean,
  maxParticipants: wholeNumber(1, 1000),
  record: anyText,
  trim,
  talkDetection: boolean,
  waitUrl: webUrl,
  waitMethod: httpMethod,
  statusCallbackEvent: anyText,
  ...statusHook,
  ...recordingHook,
};

const gatherAttributes = {
  action: webUrl,
  method: httpMethod,
  input: oneOf("dtmf", "speech", "dtmf speech"),
  finishOnKey: anyText,
  numDigits: wholeNumber(1, 100),
  timeout: wholeNumber(1, 600),
  maxTimeout: wholeNumber(1, 600),
  maxDuration: wholeNumber(1, 3600),
  speechTimeout: anyText,
  speechEngine: oneOf("aws", "google"),
  speechDetection: oneOf("auto", "low", "normal", "high", "stt"),
  language: speech.language,
  interruptible: boolean,
  actionOnEmptyResult: boolean,
};

const verbs: Record<string, ElementRule> = {
  Dial: element({
    attributes: dialAttributes,
    required: ["action", "method", "timeout"],
    children: ["Header", "Number", "Sip", "Conference", "Service"],
    text: "optional",
  }),
  Hangup: element({}),
  Reject: element({ attributes: { reason: oneOf("rejected", "busy", "congestion", "failed") } }),
  Redirect: element({ attributes: { method: httpMethod }, text: "exact" }),
  Say: element({ attributes: { ...speech, ...statusHook }, text: "words" }),
  Play: element({ attributes: { ...speech, ...statusHook }, text: "exact" }),
  Pause: element({ attributes: { length: wholeNumber(1, 3600) } }),
  Gather: element({ attributes: gatherAttributes, children: ["Say", "Play", "Pause", "Converse"] }),
  Record: element({
    attributes: {
      action: webUrl,
      method: httpMethod,
      timeout: wholeNumber(1, 600),
      finishOnKey: anyText,
      maxLength: wholeNumber(1, 86_400),
      playBeep: boolean,
      trim,
      ...recordingHook,
    },
  }),
  Connect: element({ children: ["Stream"] }),
  Start: element({ children: ["Stream"] }),
  Stop: element({ children: ["Stream"] }),
  Converse: element({
    attributes: {
      voice: anyText,
      language: speech.language,
      model: matching(/^(?:openai|anthropic):\S+$/, "a provider and a model"),
      context: oneOf("auto", "none", "no"),
      temperature: matching(/^\d(?:\.\d+)?$/, "a number"),
      sessionTools: anyText,
      statusCallbackEvent: anyText,
      ...statusHook,
    },
    children: ["System", "User", "Tool", "Speech"],
  }),
  Coach: element({ attributes: { policy: oneOf("listen", "whisper", "barge") }, text: "exact" }),
};

const nouns: Record<string, ElementRule> = {
  Number: element({ text: "exact" }),
  Sip: element({ attributes: { username: anyText, password: anyText, domain: oneOf("origin", "destination") }, text: "exact" }),
  Header: element({
    attributes: { name: matching(/^X-[A-Za-z0-9-]+$/, "a header that begins with X-"), value: anyText },
    required: ["name", "value"],
  }),
  Conference: element({ attributes: conferenceAttributes, text: "exact" }),
  Service: element({
    attributes: { provider: matching(/^[a-z0-9][a-z0-9.-]*$/, "a provider's key"), username: anyText, password: anyText },
    required: ["provider"],
    text: "exact",
  }),
  Stream: element({
    attributes: { url: socketUrl, name: anyText, track: oneOf("inbound_track", "outbound_track", "both_tracks"), ...statusHook },
    children: ["Parameter"],
  }),
  Parameter: element({ attributes: { name: anyText, value: anyText }, required: ["name", "value"] }),
  System: element({ text: "words" }),
  User: element({ text: "words" }),
  Tool: element({ attributes: { name: anyText }, text: "optional" }),
  Speech: element({ text: "words" }),
};

export const grammar: ReadonlyMap<string, ElementRule> = new Map([
  ["Response", element({ children: Object.keys(verbs) })],
  ...Object.entries(verbs),
  ...Object.entries(nouns),
]);
