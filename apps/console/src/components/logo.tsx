/** The mark: two lines that change places. */
export const Logo = () => (
  <span className="grid size-[18px] shrink-0 place-items-center rounded-[5px] bg-accent">
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden className="fill-none stroke-on-accent stroke-[1.4]">
      <path d="M1 2h3l2 6h3M1 8h3l2-6h3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  </span>
);
