import { useState } from 'react';
import { formatCount } from './format.ts';

/** Rows that a plain list draws at once; past it, drawing would be felt. */
const STEP = 500;

interface First<Row> {
  readonly shown: readonly Row[];
  /** How many the list has beyond those shown. */
  readonly hidden: number;
  readonly showMore: () => void;
}

/** The first rows of a long list, and a way to more of them: for lists that are short in nearly every case. */
export function useFirstRows<Row>(rows: readonly Row[]): First<Row> {
  const [limit, setLimit] = useState(STEP);
  return {
    shown: rows.slice(0, limit),
    hidden: Math.max(0, rows.length - limit),
    showMore: () => {
      setLimit(limit + STEP);
    },
  };
}

/** Says how much of a list is not drawn, and draws more on request. */
export function MoreRows({ hidden, onMore }: { readonly hidden: number; readonly onMore: () => void }) {
  if (hidden === 0) return null;
  return (
    <p className="more-rows">
      <span className="muted">{formatCount(hidden)} more are not drawn.</span>{' '}
      <button type="button" className="link" onClick={onMore}>
        Draw {formatCount(Math.min(STEP, hidden))} more
      </button>
    </p>
  );
}
