import type { EndpointFlag, Sensitivity, SpecStatus } from '#shared/contract/report-json.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatShare } from '../../widgets/format.ts';
import { describeParts, toStatusParts } from './status-mix.ts';
import { FLAG_WORDS, LEVEL_MEANINGS, LEVEL_WORDS, SPEC_MEANINGS, SPEC_WORDS } from './words.ts';

/** Discs in a 12 px box: empty, quarter, half, full. */
const DISCS: Readonly<Record<Sensitivity, string>> = {
  S0: '',
  S1: 'M6 6V1.5A4.5 4.5 0 0 1 10.5 6z',
  S2: 'M6 1.5a4.5 4.5 0 0 1 0 9z',
  S3: 'M6 1.5a4.5 4.5 0 0 1 0 9 4.5 4.5 0 0 1 0-9',
};

/** How sensitive: shape, word and heat. `byHand`: the analyst said so. */
export function LevelMark({ level, byHand = false }: { readonly level: Sensitivity; readonly byHand?: boolean }) {
  return (
    <span className={`inv-level inv-level-${level.toLowerCase()}`} title={`${LEVEL_MEANINGS[level]}${byHand ? '; set by hand' : ''}`}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <circle cx="6" cy="6" r="4.5" className="inv-disc" />
        <path d={DISCS[level]} className="inv-disc-fill" />
      </svg>
      {level} {LEVEL_WORDS[level]}
      {byHand ? <span className="visually-hidden">, set by hand</span> : null}
      {byHand ? <span aria-hidden="true">*</span> : null}
    </span>
  );
}

/** Shapes in a 12 px box: a full square, an empty triangle, a cross, an empty square, a dot. */
const SPEC_SHAPES: Readonly<Record<SpecStatus, string>> = {
  documented: 'M2.5 6.5 5 9l4.5-6',
  shadow: 'M6 1.5 11 10.5H1z',
  zombie: 'M2.5 2.5l7 7m0-7-7 7',
  orphan: 'M2.5 2.5h7v7h-7z',
  'no-spec': 'M3 6h6',
};

/** How an endpoint stands to the descriptions: shape and word. */
export function SpecMark({ spec }: { readonly spec: SpecStatus }) {
  return (
    <span className={`inv-spec inv-spec-${spec}`} title={SPEC_MEANINGS[spec]}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={SPEC_SHAPES[spec]} />
      </svg>
      {SPEC_WORDS[spec]}
    </span>
  );
}

/** What a call of an endpoint can do beyond reading. */
export function FlagMarks({ flags }: { readonly flags: readonly EndpointFlag[] }) {
  return (
    <>
      {flags.map((flag) => (
        <span key={flag} className="tag">
          {FLAG_WORDS[flag]}
        </span>
      ))}
    </>
  );
}

interface StatusMixProps {
  readonly statuses: Readonly<Record<string, number>>;
  readonly calls: number;
  /** Those that came to nothing, as `is:failed` finds them. */
  readonly failed: number;
  /** The share of failures in figures beside the bar. */
  readonly figures?: boolean;
  /** Asks for the calls: the share then leads to those that failed. */
  readonly query?: string;
}

/** Classes of status as a bar of one length; the whole of it in words for who cannot see it. */
export function StatusMix({ statuses, calls, failed, figures = true, query }: StatusMixProps) {
  const parts = toStatusParts(statuses, calls, failed);
  if (parts.length === 0) return <span className="faint">–</span>;
  const words = describeParts(parts);
  return (
    <span className="inv-mix">
      <span className="inv-mix-bar" role="img" aria-label={words} title={words}>
        {parts.map(({ name, share }) => (
          <span key={name} className={`inv-mix-${name}`} style={{ flexGrow: share }} />
        ))}
      </span>
      {figures && failed > 0 ? (
        query === undefined ? (
          <span className="inv-mix-share" aria-hidden="true">
            {formatShare(failed, calls)}
          </span>
        ) : (
          <GoLink to={toCalls(`${query} and is:failed`)} className="link inv-mix-share" title="Show those that failed" tabbable={false}>
            {formatShare(failed, calls)}
          </GoLink>
        )
      ) : null}
    </span>
  );
}
