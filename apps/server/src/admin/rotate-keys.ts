/** `rotate-keys`: all stored credentials sealed under the first key of the ring; a new key first, when asked and the ring is our file. */
import { resealAll } from "@switchboard/control/reseal";
import { whileAlone } from "@switchboard/control/while-alone";
import { addSecretKey, openKeyRing } from "../secret-keys.ts";
import type { AdminCommand } from "./options.ts";

const notOurs = `SECRET_KEYS is set, so the ring is not a file of ours. Put the new key there last and restart every server (each then opens what
the others will seal), put it first and restart every server, then run rotate-keys without --new-key.`;

export const rotateKeysCommand: AdminCommand = async ({ config, database }, options) =>
  whileAlone(database, "rotate-keys", async () => {
    const { secretKeys, dataDir } = config;
    if (options["new-key"] === true) {
      if (secretKeys !== null) throw new Error(notOurs);
      addSecretKey(dataDir);
    }
    const keyRing = openKeyRing(secretKeys, dataDir);
    const { resealed, unreadable } = await resealAll(database, keyRing);
    if (unreadable.length > 0) {
      const words = "These could not be opened with any key of the ring, and stay as they are. Enter them anew, or bring the key back:";
      throw new Error([words, ...unreadable.map((each) => `  ${each}`)].join("\n"));
    }
    const [{ id }, ...older] = keyRing.keys;
    return { key: id, olderKeys: older.map((key) => key.id), resealed };
  });
