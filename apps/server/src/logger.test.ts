import { expect, test } from "vitest";
import { createLoggerTo } from "./logger.ts";

const number = "+15552345678";

const logged = (write: (logger: ReturnType<typeof createLoggerTo>) => void): { text: string; line: Record<string, unknown> } => {
  const lines: string[] = [];
  write(createLoggerTo("info", { write: (line: string) => void lines.push(line) }));
  const [text = "{}"] = lines;
  return { text, line: JSON.parse(text) };
};

/** As the drivers make them, by their releases pinned here. */
const redisError = Object.assign(new Error("ERR wrong"), { name: "ReplyError", command: { name: "evalsha", args: ["abc", "1", number] } });
const sqlMessage = `Duplicate entry '${number}' for key 'x'`;
const sqlError = Object.assign(new Error(`(conn:4, no: 1062) ${sqlMessage}\nsql: INSERT INTO x VALUES (?) - parameters:['${number}']`), {
  code: "ER_DUP_ENTRY",
  sql: `INSERT INTO x VALUES ('${number}')`,
  sqlMessage,
});
const prismaError = new Error(`Invalid invocation:\n\n{ data: { from: "${number}" } }\n\nUnique constraint failed`);

test.each([
  ["Redis", redisError, "ERR wrong"],
  ["MariaDB", sqlError, "(conn:4, no: 1062) Duplicate entry '+1555•••5678' for key 'x'"],
  ["Prisma", prismaError, "Unique constraint failed"],
  ["a wrapper", new Error("The claim failed", { cause: redisError }), "The claim failed"],
])("an error of %s is logged with its reason and without the values that it carries", (_name, error, message) => {
  const { text, line } = logged((logger) => logger.warn({ event: "failed", err: error }));
  expect(line).toMatchObject({
    event: "failed",
    msg: message,
    err: { message, type: error.name, stack: expect.arrayContaining([expect.stringMatching(/^at /)]) },
  });
  expect(text).not.toContain(number);
});

test("what is no error keeps its place and says nothing of itself", () => {
  const { text } = logged((logger) => logger.error({ event: "failed", err: { number } }, "It failed"));
  expect(text).toContain("It failed");
  expect(text).not.toContain(number);
});
