import { describe, expect, test } from "vitest";
import { type Answer, checkAnswer } from "./check-answer.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const document = (inside: string): string => `${declaration}\n<Response>${inside}</Response>`;
const answer = (body: string, over: Partial<Answer> = {}): Answer => ({
  status: 200,
  contentType: "application/xml; charset=utf-8",
  body,
  ...over,
});
const codes = (given: Answer, statuses?: number[]): string[] => checkAnswer(given, statuses).violations.map(({ code }) => code);

const attributes = 'action="https://lb.example.net/v1/after?s=a1&amp;n=2" method="POST" timeout="20"';
const dial = (inside: string, more = ""): string => document(`<Dial ${attributes}${more}>${inside}</Dial>`);
const service = '<Service provider="retell">+15550100077</Service>';

describe("canonical answers are accepted and read as they are meant", () => {
  test("an agent is dialled, with headers before it and white space between elements", () => {
    const checked = checkAnswer(
      answer(`${declaration}
<Response>
  <Dial ${attributes} callerId="+15550100002" timeLimit="14400">
    <Header name="X-LB-Attempt" value="a1"/>
    ${service}
  </Dial>
</Response>`),
    );
    expect(checked).toEqual({
      violations: [],
      instructions: [
        {
          kind: "dial",
          destination: { kind: "service", provider: "retell", value: "+15550100077" },
          action: "https://lb.example.net/v1/after?s=a1&n=2",
          method: "POST",
          timeoutSeconds: 20,
          timeLimitSeconds: 14_400,
        },
      ],
    });
  });

  test("an address with quotes, brackets and ampersands comes back as it was", () => {
    const { violations, instructions } = checkAnswer(
      answer(dial('<Service provider="vapi">agent with &quot;quotes&quot; &amp; &lt;tags&gt; &#233;</Service>')),
    );
    expect(violations).toEqual([]);
    expect(instructions).toMatchObject([{ destination: { value: 'agent with "quotes" & <tags> é' } }]);
  });

  test.each([
    [
      "an agent with credentials",
      dial('<Service provider="synthflow" username="api_key_123" password="secret &amp; more">+1555</Service>'),
    ],
    ["a number by trunks", dial("<Number>+15550100099</Number>", ' trunks="carrier-a,carrier b" callerId="+15550100002"')],
    ["a trunk with quotes in its name", dial("<Number>+15550100099</Number>", ' trunks="trunk &quot;quotes&quot;"')],
    ["several numbers at once", dial("<Number>+15550100099</Number><Number>+15550100098</Number>")],
    ["a bare number", dial("+15550100099")],
    ["a SIP address", dial('<Sip username="u" password="p" domain="origin">sip:bob@example.net;transport=tcp</Sip>')],
    ["a hang-up", document("<Hangup/>")],
    ["a refusal", document('<Reject reason="busy"/>')],
    ["a spoken message, then a hang-up", document('<Say language="en-GB">All our agents are busy.</Say><Hangup/>')],
  ])("%s", (_name, body) => {
    expect(codes(answer(body))).toEqual([]);
  });

  test("a refused request is answered with CXML too", () => {
    expect(codes(answer(document("<Hangup/>"), { status: 401 }), [401])).toEqual([]);
  });
});

describe("each way to break the protocol is found", () => {
  test.each([
    ["another status", "status", answer(document("<Hangup/>"), { status: 500 })],
    ["an empty 204", "not_well_formed", answer("", { status: 200 })],
    ["text/html", "content_type", answer(document("<Hangup/>"), { contentType: "text/html" })],
    ["no charset", "content_type", answer(document("<Hangup/>"), { contentType: "application/xml" })],
    ["no content type", "content_type", answer(document("<Hangup/>"), { contentType: null })],
    ["no declaration", "declaration", answer("<Response><Hangup/></Response>")],
    ["a byte order mark", "declaration", answer(`\uFEFF${document("<Hangup/>")}`)],
    ["another encoding", "declaration", answer('<?xml version="1.0" encoding="latin1"?><Response><Hangup/></Response>')],
    ["no Response", "root", answer(`${declaration}<Hangup/>`)],
    ["two Responses", "root", answer(`${document("<Hangup/>")}<Response/>`)],
    ["an empty Response", "root", answer(`${declaration}<Response/>`)],
    ["text after the root", "not_well_formed", answer(`${document("<Hangup/>")} bye`)],
    ["JSON", "not_well_formed", answer('{"error":"oops"}')],
    ["a tag that is not closed", "not_well_formed", answer(`${declaration}<Response><Hangup></Response>`)],
    ["a document that is cut", "not_well_formed", answer(document("<Hangup/>").slice(0, -4))],
    ["an attribute twice", "not_well_formed", answer(document('<Reject reason="busy" reason="busy"/>'))],
    ["a bare ampersand in text", "not_well_formed", answer(dial('<Service provider="vapi">a & b</Service>'))],
    ["a bare ampersand in an attribute", "not_well_formed", answer(dial(service, ' callerName="a & b"'))],
    ["a bare < in an attribute", "not_well_formed", answer(dial(service, ' callerName="a < b"'))],
    ["an unknown entity", "not_well_formed", answer(dial('<Service provider="vapi">&nbsp;</Service>'))],
    ["a reference to a character that XML lacks", "not_well_formed", answer(dial('<Service provider="vapi">&#0;</Service>'))],
    ["a control character", "illegal_character", answer(dial('<Service provider="vapi">a\u0001</Service>'))],
    ["a lone surrogate", "illegal_character", answer(dial('<Service provider="vapi">a\uD800</Service>'))],
    ["a doctype", "not_well_formed", answer(`${declaration}<!DOCTYPE Response><Response><Hangup/></Response>`)],
    ["CDATA", "not_well_formed", answer(dial('<Service provider="vapi"><![CDATA[x]]></Service>'))],
    ["an unknown verb", "unknown_element", answer(document("<Enqueue/>"))],
    ["a verb in lower case", "unknown_element", answer(document("<hangup/>"))],
    ["a noun outside a Dial", "misplaced_element", answer(document(service))],
    ["a verb inside a Dial", "misplaced_element", answer(dial("<Hangup/>"))],
    ["an attribute that does not exist", "unknown_attribute", answer(dial(service, ' answerOnBridge="true"'))],
    ["an attribute of another element", "unknown_attribute", answer(dial('<Service provider="vapi" timeout="5">+1</Service>'))],
    ["an attribute named as a property of objects", "unknown_attribute", answer(dial(service, ' valueOf="x"'))],
    ["an attribute that attacks parsers", "not_well_formed", answer(dial(service, ' constructor="x"'))],
    ["an attribute on Hangup", "unknown_attribute", answer(document('<Hangup reason="x"/>'))],
    ["no action", "missing_attribute", answer(document(`<Dial method="POST" timeout="20">${service}</Dial>`))],
    ["no method", "missing_attribute", answer(document(`<Dial action="https://a.example/" timeout="20">${service}</Dial>`))],
    ["no timeout", "missing_attribute", answer(document(`<Dial action="https://a.example/" method="POST">${service}</Dial>`))],
    ["no provider", "missing_attribute", answer(dial("<Service>+1</Service>"))],
    [
      "a result sent by GET",
      "attribute_value",
      answer(document(`<Dial action="https://a.example/" method="GET" timeout="20">${service}</Dial>`)),
    ],
    [
      "a timeout of 0",
      "attribute_value",
      answer(document(`<Dial action="https://a.example/" method="POST" timeout="0">${service}</Dial>`)),
    ],
    [
      "a timeout in fractions",
      "attribute_value",
      answer(document(`<Dial action="https://a.example/" method="POST" timeout="7.5">${service}</Dial>`)),
    ],
    ["a time limit that is no number", "attribute_value", answer(dial(service, ' timeLimit="NaN"'))],
    ["an empty caller id", "attribute_value", answer(dial(service, ' callerId=""'))],
    ["an empty password", "attribute_value", answer(dial('<Service provider="vapi" password="">+1</Service>'))],
    ["a provider with capitals", "attribute_value", answer(dial('<Service provider="Vapi">+1</Service>'))],
    ["a provider with a space", "attribute_value", answer(dial('<Service provider="va pi">+1</Service>'))],
    ["an unknown reason", "attribute_value", answer(document('<Reject reason="overload"/>'))],
    ["a relative action", "action_url", answer(document(`<Dial action="/after" method="POST" timeout="20">${service}</Dial>`))],
    [
      "an action that is escaped twice",
      "action_url",
      answer(document(`<Dial action="https://a.example/?a=1&amp;amp;b=2" method="POST" timeout="20">${service}</Dial>`)),
    ],
    [
      "an action with credentials",
      "action_url",
      answer(document(`<Dial action="https://u:p@a.example/" method="POST" timeout="20">${service}</Dial>`)),
    ],
    [
      "an action that is no web address",
      "action_url",
      answer(document(`<Dial action="javascript:x" method="POST" timeout="20">${service}</Dial>`)),
    ],
    ["white space inside Service", "white_space", answer(dial('<Service provider="vapi">\n +1\n</Service>'))],
    ["an empty Service", "text", answer(dial('<Service provider="vapi"></Service>'))],
    ["text between verbs", "text", answer(document("hello<Hangup/>"))],
    ["two Dials", "dial_count", answer(document(`<Dial ${attributes}>${service}</Dial><Dial ${attributes}>${service}</Dial>`))],
    ["two Services", "dial_content", answer(dial(service + service))],
    ["a Service beside a Number", "dial_content", answer(dial(`${service}<Number>+1</Number>`))],
    ["a Dial that leads nowhere", "dial_content", answer(dial(""))],
    ["a number beside a noun", "dial_content", answer(dial(`+1555${service}`))],
    ["a header after the noun", "dial_content", answer(dial(`${service}<Header name="X-A" value="b"/>`))],
    ["a header without X-", "attribute_value", answer(dial(`<Header name="A" value="b"/>${service}`))],
    ["something after a hang-up", "misplaced_element", answer(document("<Hangup/><Say>hello</Say>"))],
  ])("%s", (_name, code, given) => {
    const checked = checkAnswer(given);
    expect(checked.violations.map((found) => found.code)).toContain(code);
    expect(checked.instructions).toEqual([]);
  });
});
