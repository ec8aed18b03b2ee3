/** A WebSocket that loses no time over a dead line: it is over as soon as it is closed, and gives up an opening that hangs. */

const openingMs = 4_000;

export class PromptSocket extends WebSocket {
  #isOver = false;

  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    const giveUp = setTimeout(() => super.close(), openingMs);
    const settled = () => clearTimeout(giveUp);
    this.addEventListener("open", settled);
    // The first listener: nobody hears of the same end twice.
    this.addEventListener("close", (event) => {
      settled();
      if (this.#isOver) event.stopImmediatePropagation();
      this.#isOver = true;
    });
  }

  /** The browser itself would wait seconds for the other side's farewell. */
  override close(code?: number, reason?: string): void {
    super.close(code, reason);
    if (!this.#isOver) this.dispatchEvent(new CloseEvent("close"));
  }
}
