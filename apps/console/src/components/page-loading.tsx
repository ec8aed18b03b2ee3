/** While a page's code is on its way; shown only where that takes longer than a blink. */
export const PageLoading = () => (
  <p role="status" className="appear-late text-ink-3">
    Loading…
  </p>
);
