import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from './evidence-text.tsx';

interface MiddleTextProps {
  readonly text: string;
  /** Characters at the end that always stay in sight. */
  readonly tail?: number;
  readonly mono?: boolean;
}

/**
 * One line of evidence text that elides in the middle when there is no room: the start shrinks, the end stays.
 * The whole value is in the tooltip and in what is copied.
 */
export function MiddleText({ text, tail = 12, mono = false }: MiddleTextProps) {
  // Whole code points, so that no surrogate pair is torn apart.
  const points = [...text];
  const cut = Math.max(0, points.length - tail);
  const head = points.slice(0, cut).join('');
  const end = points.slice(cut).join('');
  return (
    <span className={mono ? 'middle mono' : 'middle'} title={toVisibleText(text)}>
      {head === '' ? null : (
        <span className="middle-head">
          <EvidenceText text={head} />
        </span>
      )}
      <span className="middle-tail">
        <EvidenceText text={end} />
      </span>
    </span>
  );
}
