/** Holds requests against the description that Switchboard's client is made of, and says which operation they ask for. */
import { fileURLToPath } from "node:url";
import { type Context, OpenAPIBackend } from "openapi-backend";

/** A file, no code: the simulator knows nothing of the product. */
const description = fileURLToPath(new URL("../../../../packages/cloudonix/openapi.yaml", import.meta.url));

export type RawRequest = Readonly<{
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | string[]>;
  body: string;
}>;

/** `problems`: what the description objects to, in words; empty for a request that is as described. */
export type Described = {
  operation: string | null;
  problems: string[];
  parameters: Record<string, string>;
  body: Record<string, unknown>;
};

const textsOf = (values: Context["request"]["params"]): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decodeURIComponent(String(value))]));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const of = ({ operation, request }: Context, problems: string[]): Described => ({
  operation: operation?.operationId ?? null,
  problems,
  parameters: textsOf(request.params),
  body: isObject(request.requestBody) ? request.requestBody : {},
});

export async function readDescription(): Promise<(request: RawRequest) => Promise<Described>> {
  const api = new OpenAPIBackend({ definition: description, quick: true, ajvOpts: { strict: false, validateFormats: false } });
  api.register({
    notFound: (context: Context) => of(context, ["there is no such path"]),
    methodNotAllowed: (context: Context) => of(context, ["there is no such method"]),
    validationFail: (context: Context) =>
      of(
        context,
        (context.validation.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`.trim()),
      ),
  });
  // Keys are known where domains are.
  api.registerSecurityHandler("key", () => true);
  await api.init();
  for (const { operationId } of api.getOperations()) {
    if (operationId !== undefined) api.registerHandler(operationId, (context: Context) => of(context, []));
  }
  return ({ headers, ...request }) => api.handleRequest({ ...request, headers: { ...headers } });
}
