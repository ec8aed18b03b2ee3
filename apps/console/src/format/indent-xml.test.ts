import { expect, test } from "vitest";
import { indentXml } from "./indent-xml.ts";

test("each element has its line, a text stays with its element", () => {
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?><Response><Dial timeout="20"><Service provider="vapi">+1555</Service></Dial><Hangup/></Response>';
  expect(indentXml(xml)).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      "<Response>",
      '  <Dial timeout="20">',
      '    <Service provider="vapi">+1555</Service>',
      "  </Dial>",
      "  <Hangup/>",
      "</Response>",
    ].join("\n"),
  );
  expect(indentXml("<Response/>")).toBe("<Response/>");
});
