import './edge-line.css';
import type { EdgeKind } from '#shared/contract/report-json.ts';
import { edgeLine } from './edge-words.ts';

/** A short piece of the line that an edge of this kind is drawn with, for legends and lists. */
export function EdgeLineMark({ kind }: { readonly kind: EdgeKind }) {
  const line = edgeLine(kind);
  return (
    <svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true" className="edge-mark">
      {line === 'double' ? (
        <>
          <path d="M0 4H24" className="edge-line edge-double" />
          <path d="M0 8H24" className="edge-line edge-double" />
        </>
      ) : (
        <path d="M0 6H24" className={`edge-line edge-${line}`} />
      )}
    </svg>
  );
}
