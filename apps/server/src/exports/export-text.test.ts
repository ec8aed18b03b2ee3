import type { CallRecord } from "@switchboard/control/call-records";
import type { ExportColumn } from "@switchboard/control/exports";
import { expect, test } from "vitest";
import { createExportText, guarded } from "./export-text.ts";

const record: CallRecord = {
  ...{
    id: "cal_1",
    session: "s1",
    direction: "inbound",
    from: "+14155550100",
    to: "+15550100001",
    status: "completed",
    state: "completed",
  },
  ...{ reason: "matched", reasonText: "The rule’s target took it.", degraded: false, fallbackUsed: { type: "hangup" }, test: false },
  ...{ ruleId: null, rulePattern: "*", groupId: null, groupName: null, agentId: null, agentName: 'Ava "the first", Müller' },
  ...{
    startedAt: "2026-03-29T00:59:59.999Z",
    answeredAt: "2026-03-29T01:00:00.000Z",
    endedAt: null,
    ringSeconds: 3,
    durationSeconds: null,
  },
};

const textOf = (
  format: "csv" | "json",
  columns: ExportColumn[],
  more: { timeZone?: string; byteOrderMark?: boolean } = {},
  records = [record],
) => {
  const text = createExportText({ format, columns, timeZone: "UTC", byteOrderMark: false, ...more });
  return text.head + (records.length > 0 ? text.rows(records, true) : "") + text.foot;
};

test("nothing that a caller sends is run by a spreadsheet, and numbers stay as they are dialled", () => {
  for (const beginning of ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
    expect(guarded(`${beginning}cmd|'/c calc'!A0`)).toBe(`'${beginning}cmd|'/c calc'!A0`);
  expect(guarded('x;=HYPERLINK("http://evil")\n@SUM(1)')).toBe(`x;'=HYPERLINK("http://evil")\n'@SUM(1)`);
  for (const plain of ["+14155550100", "14155550100", "anonymous", "sip:a=b@example.com", "a-b", ""]) expect(guarded(plain)).toBe(plain);
  expect(guarded("+1415+5550100")).toBe("'+1415+5550100");
  const evil = { ...record, from: '=HYPERLINK("http://evil","x")' };
  expect(textOf("csv", ["from", "to"], {}, [evil])).toBe(`from,to\n"'=HYPERLINK(""http://evil"",""x"")",+15550100001\n`);
});

test("CSV has the columns that were asked for in their order, quoted where it must be, and the mark only where it was wanted", () => {
  const columns: ExportColumn[] = ["agentName", "from", "durationSeconds", "ringSeconds", "test", "fallbackUsed"];
  const line = `"Ava ""the first"", Müller",+14155550100,,3,false,"{""type"":""hangup""}"`;
  expect(textOf("csv", columns)).toBe(`${columns.join(",")}\n${line}\n`);
  expect(textOf("csv", columns, { byteOrderMark: true })).toBe(`\uFEFF${columns.join(",")}\n${line}\n`);
  expect(textOf("csv", columns, {}, [])).toBe(`${columns.join(",")}\n`);
});

test("JSON is one array, also of nothing, and gives each field as the API does", () => {
  expect(JSON.parse(textOf("json", ["id", "fallbackUsed", "endedAt", "degraded"], {}, [record, record]))).toEqual(
    Array.from({ length: 2 }, () => ({ id: "cal_1", fallbackUsed: { type: "hangup" }, endedAt: null, degraded: false })),
  );
  expect(JSON.parse(textOf("json", ["id"], {}, []))).toEqual([]);
});

test("times are told as the clocks of the zone show them, on both sides of the hour that summer takes away", () => {
  expect(textOf("csv", ["startedAt", "answeredAt", "endedAt"], { timeZone: "Europe/Berlin" })).toBe(
    "startedAt,answeredAt,endedAt\n2026-03-29T01:59:59.999+01:00,2026-03-29T03:00:00.000+02:00,\n",
  );
  expect(textOf("csv", ["startedAt"], { timeZone: "Asia/Kathmandu" })).toContain("\n2026-03-29T06:44:59.999+05:45\n");
  expect(textOf("csv", ["startedAt"], { timeZone: "America/St_Johns" })).toContain("\n2026-03-28T22:29:59.999-02:30\n");
});
