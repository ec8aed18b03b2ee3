/** `npm run admin -- create-tenant …`: what is done at the machine, not in the console. Prints JSON on standard output, words on the other. */
import { createUserCommand } from "./admin/create-user.ts";
import { createTenantCommand } from "./admin/create-tenant.ts";
import { openAdmin } from "./admin/open-admin.ts";
import { type AdminCommand, readOptions, usage } from "./admin/options.ts";
import { rebuildAnalyticsCommand } from "./admin/rebuild-analytics.ts";
import { resetPasswordCommand } from "./admin/reset-password.ts";
import { rotateKeysCommand } from "./admin/rotate-keys.ts";
import { readEnvironment } from "./config.ts";

const commands: Record<string, AdminCommand> = {
  "create-tenant": createTenantCommand,
  "create-user": createUserCommand,
  "rebuild-analytics": rebuildAnalyticsCommand,
  "reset-password": resetPasswordCommand,
  "rotate-keys": rotateKeysCommand,
};

const main = async () => {
  const [name = "", ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Error(name === "" ? usage : `There is no command "${name}".\n${usage}`);
  const options = readOptions(args);
  const read = readEnvironment();
  if (!read.ok) throw new Error(read.problems.join("\n"));
  await using admin = await openAdmin(read.config);
  process.stdout.write(`${JSON.stringify(await command(admin, options), null, 2)}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
