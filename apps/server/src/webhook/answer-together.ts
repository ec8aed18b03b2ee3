/**
 * Sends the answers that were decided in one turn of the event loop right after one another, once all are worked out: whoever reads
 * them, wakes once for many. Claims are answered together, so their calls are; an answer alone waits for nobody.
 */
import type { FastifyReply } from "fastify";
import { sendXml } from "./answer.ts";

export type AnswerTogether = (reply: FastifyReply, document: string) => void;

export const createAnswerTogether = (): AnswerTogether => {
  let waiting: { reply: FastifyReply; document: string }[] = [];

  const sendAll = (): void => {
    const answers = waiting;
    waiting = [];
    for (const { reply, document } of answers) {
      try {
        sendXml(reply, 200, document);
      } catch (error) {
        // One that can't be sent holds up no other.
        reply.send(error);
      }
    }
  };

  return (reply, document) => {
    // Ticks run when no promise is left that goes on now.
    if (waiting.push({ reply, document }) === 1) process.nextTick(sendAll);
  };
};
