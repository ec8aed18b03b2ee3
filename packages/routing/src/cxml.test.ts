import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dropIllegalXml, renderCxml } from "./cxml.ts";

const seed = 20260104;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
  htmlEntities: true,
});

const roundTrip = (text: string, attribute: string): unknown =>
  parser.parse(renderCxml([{ name: "Say", attributes: { language: attribute }, children: [text] }])).Response.Say;

test("an answer is a declaration and one Response without white space between elements", () => {
  const text = renderCxml([{ name: "Say", attributes: { language: "en-US", voice: null }, children: ["Hello"] }, { name: "Hangup" }]);
  expect(text).toBe('<?xml version="1.0" encoding="UTF-8"?><Response><Say language="en-US">Hello</Say><Hangup/></Response>');
  expect(XMLValidator.validate(text)).toBe(true);
});

test("an ampersand is escaped once", () => {
  const text = renderCxml([{ name: "Dial", attributes: { action: "https://host.example/after?s=a1&n=2" }, children: ["x"] }]);
  expect(text).toContain('action="https://host.example/after?s=a1&amp;n=2"');
  expect(text).not.toContain("&amp;amp;");
});

test("whatever is put in as text or attribute comes out the same, in every answer that is valid XML", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.constantFrom('agent with "quotes" & <tags>', "]]>", "&amp;", "a\r\nb\tc", "'"),
  );
  fc.assert(
    fc.property(value, value, (text, attribute) => {
      const [clean, cleanAttribute] = [dropIllegalXml(text), dropIllegalXml(attribute)];
      fc.pre(clean !== "");
      expect(XMLValidator.validate(renderCxml([{ name: "Say", attributes: { language: attribute }, children: [text] }]))).toBe(true);
      expect(roundTrip(text, attribute)).toEqual({ "#text": clean, language: cleanAttribute });
    }),
    { seed, numRuns: 3_000 },
  );
});

test("characters that XML can't hold are dropped, all others kept", () => {
  expect(dropIllegalXml("a\u0000b\u0008c\u000bd\ufffee\uffff")).toBe("abcde");
  expect(dropIllegalXml("a\ud800b\udc00c")).toBe("abc");
  expect(dropIllegalXml("tab\tline\nreturn\r 😀 \u0085 \ufffd")).toBe("tab\tline\nreturn\r 😀 \u0085 \ufffd");
});

test.each(["<Response><Dial></Response>", "<Response><Dial</Response>", ""])("the validator that these tests trust refuses %j", (text) => {
  expect(XMLValidator.validate(text)).not.toBe(true);
});
