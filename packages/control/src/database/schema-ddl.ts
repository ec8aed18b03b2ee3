/** Turns the Prisma schema into the DDL it stands for, so that the hand-written migrations can be compared with it. */
import { createRequire } from "node:module";
import { z } from "zod";

const fieldShape = z.object({
  name: z.string(),
  dbName: z.string().nullish(),
  kind: z.string(),
  isRequired: z.boolean(),
  type: z.string(),
  nativeType: z.tuple([z.string(), z.array(z.string())]).nullish(),
  default: z.unknown().optional(),
  relationFromFields: z.array(z.string()).optional(),
  relationToFields: z.array(z.string()).optional(),
  relationOnDelete: z.string().optional(),
  relationOnUpdate: z.string().optional(),
});
const datamodelShape = z.object({
  models: z.array(z.object({ name: z.string(), dbName: z.string().nullable(), fields: z.array(fieldShape) })),
  indexes: z.array(
    z.object({
      model: z.string(),
      type: z.enum(["id", "unique", "normal"]),
      dbName: z.string().optional(),
      fields: z.array(z.object({ name: z.string() })),
    }),
  ),
});
type Datamodel = z.infer<typeof datamodelShape>;
type Model = Datamodel["models"][number];
type Field = Model["fields"][number];

/** CREATE TABLE for every model, then every foreign key; in the order of the schema. */
export function ddlOfSchema(schemaText: string): string[] {
  const require = createRequire(import.meta.url);
  const wasm: { get_dmmf: (params: string) => string } = require("@prisma/prisma-schema-wasm");
  const dmmf: unknown = JSON.parse(wasm.get_dmmf(JSON.stringify({ prismaSchema: [["schema.prisma", schemaText]] })));
  const datamodel = z.object({ datamodel: datamodelShape }).parse(dmmf).datamodel;
  return [
    ...datamodel.models.map((model) => createTable(model, datamodel)),
    ...datamodel.models.flatMap((model) => foreignKeys(model, datamodel)),
  ];
}

function createTable(model: Model, datamodel: Datamodel): string {
  const columns = model.fields.filter((field) => field.kind === "scalar").map(columnLine);
  const indexes = datamodel.indexes
    .filter((index) => index.model === model.name && index.type !== "id")
    .map(
      (index) => `${index.type === "unique" ? "UNIQUE " : ""}INDEX \`${index.dbName ?? "unnamed"}\`(${columnList(model, index.fields)})`,
    );
  const primary = datamodel.indexes
    .filter((index) => index.model === model.name && index.type === "id")
    .map((index) => `PRIMARY KEY (${columnList(model, index.fields)})`);
  const lines = [...columns, ...indexes, ...primary].join(",\n    ");
  return `CREATE TABLE \`${tableOf(model)}\` (\n    ${lines}\n) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`;
}

function columnLine(field: Field): string {
  return `\`${columnOf(field)}\` ${sqlType(field)} ${field.isRequired ? "NOT NULL" : "NULL"}${defaultOf(field)}`;
}

function sqlType(field: Field): string {
  if (field.nativeType) {
    const [name, args] = field.nativeType;
    return `${name.toUpperCase()}${args.length > 0 ? `(${args.join(", ")})` : ""}`;
  }
  const plain: Record<string, string> = { Int: "INTEGER", BigInt: "BIGINT", Boolean: "BOOLEAN", Json: "JSON" };
  const type = plain[field.type];
  if (type === undefined) throw new Error(`${field.name}: ${field.type} needs a native type`);
  return type;
}

function defaultOf(field: Field): string {
  const value = field.default;
  if (value === undefined) return "";
  if (typeof value === "object" && value !== null && "name" in value && value.name === "autoincrement") return " AUTO_INCREMENT";
  if (typeof value === "boolean" || typeof value === "number") return ` DEFAULT ${value}`;
  if (field.type === "String" && value === "") return " DEFAULT ''";
  if (typeof value === "string" && /^\d+$/.test(value)) return ` DEFAULT ${value}`;
  throw new Error(`${field.name}: no SQL known for the default ${JSON.stringify(value)}`);
}

function foreignKeys(model: Model, datamodel: Datamodel): string[] {
  return model.fields.flatMap((field) => {
    const from = field.relationFromFields ?? [];
    const target = datamodel.models.find((candidate) => candidate.name === field.type);
    if (from.length === 0 || !target) return [];
    const name = `${tableOf(model)}_${field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_fkey`;
    const to = (field.relationToFields ?? []).map((each) => ({ name: each }));
    return [
      `ALTER TABLE \`${tableOf(model)}\` ADD CONSTRAINT \`${name}\` FOREIGN KEY (${columnList(
        model,
        from.map((each) => ({ name: each })),
      )}) ` +
        `REFERENCES \`${tableOf(target)}\`(${columnList(target, to)}) ON DELETE ${action(field.relationOnDelete)} ON UPDATE ${action(field.relationOnUpdate)}`,
    ];
  });
}

const action = (name: string | undefined) => (name ?? "Restrict").toUpperCase();
const tableOf = (model: Model) => model.dbName ?? model.name;
const columnOf = (field: Field) => field.dbName ?? field.name;

function columnList(model: Model, fields: { name: string }[]): string {
  return fields
    .map(({ name }) => {
      const field = model.fields.find((candidate) => candidate.name === name);
      if (!field) throw new Error(`${model.name} has no field ${name}`);
      return `\`${columnOf(field)}\``;
    })
    .join(", ");
}
