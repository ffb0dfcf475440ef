import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { offsetToShow, rowTop, scrollScale } from './scroll-scale.ts';

/** The height of the heads of columns, which stay above the rows. Units: CSS px. */
const HEAD = 24;
/** Rows that are drawn above and below those in sight, so that a scroll by little shows no empty ground. */
const BEYOND = 2;
/**
 * Rows that are placed from one common start, a multiple of this: a row moves when it shows another call, not with every px.
 * Not from the top of all rows, since engines keep lengths only up to some 33 million px.
 */
const SHEET = 1000;
/** A pause of the wheel that ends a scroll. Units: ms. */
const SETTLE = 150;

interface Scrolled {
  readonly count: number;
  /** Units: CSS px. */
  readonly rowHeight: number;
  /** The height of the box that scrolls, 0 until it is measured. Units: CSS px. */
  readonly height: number;
  /** The element that scrolls. */
  readonly boxRef: RefObject<HTMLElement | null>;
  /** The element that holds the rows, inside one of `height`. */
  readonly sheetRef: RefObject<HTMLElement | null>;
  readonly onSettled: () => void;
}

/** The rows of a table that exist, of any number that it may have, and how its box scrolls over them. */
interface RowWindow {
  /** Of all rows, as the scrollbar sees them. Units: CSS px. */
  readonly height: number;
  /** The room for rows. Units: CSS px. */
  readonly viewport: number;
  readonly first: number;
  /** Below `first` where there are no rows. */
  readonly last: number;
  /** Which of the elements for rows a row is drawn with: a row that leaves hands its own to one that comes. */
  readonly slotOf: (index: number) => number;
  /** Units: CSS px from the start of the sheet. */
  readonly topOf: (index: number) => number;
  /** True from the first row that a scroll moves until it has settled. */
  readonly moving: boolean;
  readonly onScroll: () => void;
  /** Brings a row into sight, moving as little as possible. */
  readonly show: (index: number) => void;
}

/** Follows the scrolling of a table. Renders anew only when another row comes into sight. */
export function useRowWindow({ count, rowHeight, height: box, boxRef, sheetRef, onSettled }: Scrolled): RowWindow {
  const [top, setTop] = useState(0);
  const [moving, setMoving] = useState(false);
  const viewport = Math.max(0, box - HEAD);
  const { height, factor } = scrollScale(count * rowHeight, viewport);
  const held = Math.ceil(viewport / rowHeight) + 1 + 2 * BEYOND;
  const first = Math.max(0, Math.min(top - BEYOND, count - held));
  const last = viewport === 0 ? first - 1 : Math.min(count, first + held) - 1;
  const start = Math.floor(first / SHEET) * SHEET;

  // Where the box was when it was last heard of: to ask it while rows change would lay them out twice.
  const at = useRef(0);
  // Not through React: a scaled table moves its sheet with every px, and its rows stay where they are.
  const place = (): void => {
    if (sheetRef.current === null) return;
    sheetRef.current.style.transform = `translateY(${String(rowTop(start, rowHeight, at.current * factor, factor))}px)`;
  };
  useLayoutEffect(place);

  const settling = useRef<number | undefined>(undefined);
  useEffect(
    () => () => {
      window.clearTimeout(settling.current);
    },
    [],
  );
  const onScroll = (): void => {
    at.current = boxRef.current?.scrollTop ?? 0;
    const next = Math.floor((at.current * factor) / rowHeight);
    if (next === top) place();
    else {
      // Before this frame is painted, or the ground would be seen in place of rows.
      flushSync(() => {
        setTop(next);
        setMoving(true);
      });
    }
    window.clearTimeout(settling.current);
    settling.current = window.setTimeout(() => {
      setMoving(false);
      onSettled();
    }, SETTLE);
  };
  const show = useCallback(
    (index: number) => {
      const element = boxRef.current;
      if (element === null) return;
      // The room as it is now: `viewport` may be some px old.
      const wanted = offsetToShow(index, rowHeight, element.scrollTop * factor, Math.max(0, element.clientHeight - HEAD)) / factor;
      if (wanted !== element.scrollTop) element.scrollTop = wanted;
    },
    [boxRef, rowHeight, factor],
  );
  return {
    height,
    viewport,
    first,
    last,
    slotOf: (index) => index % held,
    topOf: (index) => (index - start) * rowHeight,
    moving,
    onScroll,
    show,
  };
}
