import type { PrincipalKind } from '#shared/contract/report-json.ts';

const WORDS: Readonly<Record<PrincipalKind, string>> = { human: 'person', service: 'service', agent: 'agent', unknown: 'unknown' };

/** The shape of a kind of principal in a 12 × 12 box: person circle, service square, agent hexagon, unknown dashed. */
export function KindShape({ kind }: { readonly kind: PrincipalKind }) {
  if (kind === 'human') return <circle cx="6" cy="6" r="4.75" className="kind-shape" />;
  if (kind === 'service') return <rect x="1.5" y="1.5" width="9" height="9" rx="1" className="kind-shape" />;
  if (kind === 'agent') return <path d="M6 .75 10.6 3.4v5.2L6 11.25 1.4 8.6V3.4z" className="kind-shape" />;
  return <circle cx="6" cy="6" r="4.75" className="kind-shape kind-dashed" />;
}

interface KindMarkProps {
  readonly kind: PrincipalKind;
  readonly word?: boolean;
  /** Told by network and program only: a visitor, whom nothing shows to be one person. */
  readonly weak?: boolean;
}

/** Who calls: a shape before any colour. */
export function KindMark({ kind, word = false, weak = false }: KindMarkProps) {
  const says = kind === 'human' && weak ? 'visitor' : WORDS[kind];
  return (
    <span className="kind" {...(word ? {} : { role: 'img', 'aria-label': says, title: says })}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <KindShape kind={kind} />
      </svg>
      {word ? <span>{says}</span> : null}
    </span>
  );
}
