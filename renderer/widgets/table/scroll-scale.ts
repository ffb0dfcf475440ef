/**
 * Tallest element that we make. Chrome stops near 16.7 million px and other engines below 18, so taller tables scroll
 * scaled: one px of the scrollbar stands for more than one px of rows. Units: CSS px.
 */
export const TALLEST = 15_000_000;

export interface ScrollScale {
  /** Height of the element that scrolls. Units: CSS px. */
  readonly height: number;
  /** Px of rows for one px of scrolling; 1 for all but very long tables. */
  readonly factor: number;
}

/** How a table of this height scrolls; both ends of the scrollbar are both ends of the table. */
export function scrollScale(total: number, viewport: number, tallest = TALLEST): ScrollScale {
  if (total <= tallest || tallest <= viewport) return { height: total, factor: 1 };
  return { height: tallest, factor: (total - viewport) / (tallest - viewport) };
}

/** Where a row stands inside the scrolled element, when `offset` px of rows are above the view. Units: CSS px. */
export const rowTop = (index: number, rowHeight: number, offset: number, factor: number): number =>
  index * rowHeight - offset * (1 - 1 / factor);

/** The offset that shows a row, moving as little as possible. Units: CSS px of rows; `viewport` without the head. */
export function offsetToShow(index: number, rowHeight: number, offset: number, viewport: number): number {
  const top = index * rowHeight;
  if (top < offset) return top;
  if (top + rowHeight > offset + viewport) return top + rowHeight - viewport;
  return offset;
}
