import { expect, test } from "vitest";
import { publicUrlWarning } from "./public-url-warning.ts";

test.each([
  "http://127.0.0.1:3000",
  "https://localhost",
  "https://[::1]:3000",
  "https://[fd00::1]",
  "https://[fe80::1]",
  "https://10.1.2.3",
  "https://172.31.0.1",
  "https://192.168.1.5",
  "https://169.254.169.254",
  "https://100.64.0.1",
  "https://0.0.0.0",
  "https://box.local",
  "https://switchboard",
  "https://voice.internal.",
  "https://[::ffff:10.0.0.1]",
])("%s is said to lead nowhere from outside", (url) => expect(publicUrlWarning(url)).toMatch(/can't reach .+PUBLIC_URL/));

test("an address of the internet without encryption is said to be readable", () =>
  expect(publicUrlWarning("http://voice.acme.com")).toMatch(/not encrypted.+https/));

test.each(["https://voice.acme.com", "https://abc.ngrok-free.app", "https://8.8.8.8", "https://[2606:4700::1111]", "https://172.32.0.1"])(
  "nothing is said of %s",
  (url) => expect(publicUrlWarning(url)).toBeNull(),
);
