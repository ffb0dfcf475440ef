import type { Severity } from '#shared/contract/report-json.ts';
import { GoLink } from './go-link.tsx';
import { toFinding } from './places.ts';
import { CardPart } from '../widgets/card.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { MoreRows, useFirstRows } from '../widgets/more-rows.tsx';
import { SeverityMark } from '../widgets/severity-mark.tsx';

interface FindingListProps {
  readonly findings: readonly { readonly id: string; readonly title: string; readonly severity: Severity }[];
}

/** The part of a card with the findings that name its thing, each a link; nothing where none does. */
export function FindingList({ findings }: FindingListProps) {
  const { shown, hidden, showMore } = useFirstRows(findings);
  if (findings.length === 0) return null;
  return (
    <CardPart title="Findings about it">
      <ul className="card-list card-marked">
        {shown.map(({ id, title, severity }) => (
          <li key={id}>
            <SeverityMark severity={severity} word={false} />
            <GoLink to={toFinding(id)}>
              <EvidenceText text={title} />
            </GoLink>
          </li>
        ))}
      </ul>
      <MoreRows hidden={hidden} onMore={showMore} />
    </CardPart>
  );
}
