// Connects to a loopback port, says something, and answers with the first bytes that come back.
import { connect } from "node:net";

/** @param {number} port @param {string} send text to write first, may be empty @returns {Promise<string | null>} null when nothing answered within a second */
export function firstBytes(port, send) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 1000 });
    /** @param {string | null} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => send !== "" && socket.write(send));
    socket.once("data", (bytes) => end(bytes.toString("latin1")));
    socket.once("error", () => end(null));
    socket.once("timeout", () => end(null));
    socket.once("close", () => end(null));
  });
}
