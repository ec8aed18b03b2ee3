/** Whether Cloudonix could reach Switchboard at its public address, by its looks alone: nothing is asked. */
import { BlockList, isIP } from "node:net";

const inside = new BlockList();
inside.addSubnet("0.0.0.0", 8);
inside.addSubnet("10.0.0.0", 8);
inside.addSubnet("100.64.0.0", 10);
inside.addSubnet("127.0.0.0", 8);
inside.addSubnet("169.254.0.0", 16);
inside.addSubnet("172.16.0.0", 12);
inside.addSubnet("192.168.0.0", 16);
inside.addAddress("::", "ipv6");
inside.addAddress("::1", "ipv6");
inside.addSubnet("fc00::", 7, "ipv6");
inside.addSubnet("fe80::", 10, "ipv6");

/** Names that lead nowhere from outside (RFC 6761, 6762, 8375 and .internal). */
const insideName = /(^|\.)(localhost|local|internal|lan|home|home\.arpa|localdomain|test|invalid|example)$/;

const isInside = (host: string): boolean => {
  const version = isIP(host);
  if (version === 0) return insideName.test(host) || !host.includes(".");
  return inside.check(host, version === 6 ? "ipv6" : "ipv4");
};

/** Null: it looks well. Two sentences: what is wrong, and what to do. */
export const publicUrlWarning = (publicUrl: string): string | null => {
  const { protocol, hostname } = new URL(publicUrl);
  const host = hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (isInside(host)) {
    return `Cloudonix can't reach ${publicUrl}: ${host} leads nowhere outside this network. Set PUBLIC_URL to an address on the internet, such as a tunnel's.`;
  }
  if (protocol === "http:") {
    return `${publicUrl} is not encrypted: calls, numbers and the bearer token could be read on their way. Set PUBLIC_URL to an https address.`;
  }
  return null;
};
