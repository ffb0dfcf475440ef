import { useMemo } from 'react';
import type { MachineLinkJson } from '#shared/contract/report-json.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { Card, CardBody, CardHead } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { queryOf } from './columns.tsx';
import { MapPicture } from './map-picture.tsx';

/** With more links the lines become one stain; the table has the others. */
const DRAWN = 60;

/** Where the focus goes when a link is opened by key. */
export const MAP_ID = 'machine-map';

interface MapCardProps {
  /** The links that fit the filter. */
  readonly links: readonly MachineLinkJson[];
  readonly all: number;
  /** The link that the table is on. */
  readonly chosen: MachineLinkJson | undefined;
}

/** The links of the table as a picture; the one that the table is on stands out, the others recede. */
export function MapCard({ links, all, chosen }: MapCardProps) {
  const drawn = useMemo(() => busiest(links, chosen), [links, chosen]);
  return (
    <Card id={MAP_ID} label="Picture of the machine map" shown="">
      <CardHead title="Who calls whom">
        <p className="muted">
          {formatCount(drawn.length)} of {formatPlural(all, 'link')}
          {drawn.length < links.length ? ', the busiest that fit' : ''}, principals to the left, services to the right. A line is as thick
          as the logarithm of its calls; dashed: every call failed.
        </p>
        <p role="status">
          {chosen === undefined ? (
            <span className="muted">Choose a link in the table to see it here.</span>
          ) : (
            <>
              <EvidenceText text={chosen.label} /> → <EvidenceText text={chosen.service ?? 'no host'} />{' '}
              {chosen.credential === undefined ? 'without a credential' : `with ${chosen.credential}`}:{' '}
              <GoLink to={toCalls(queryOf(chosen))}>{formatPlural(chosen.calls, 'call')}</GoLink>,{' '}
              {chosen.failed === 0 ? (
                'none failed'
              ) : (
                <>
                  <GoLink to={toCalls(`${queryOf(chosen)} and is:failed`)}>{formatCount(chosen.failed)}</GoLink> failed
                </>
              )}
            </>
          )}
        </p>
      </CardHead>
      <CardBody>
        <MapPicture links={drawn} chosen={chosen} />
      </CardBody>
    </Card>
  );
}

/** The links with most calls, and the chosen one, which must be seen. */
function busiest(links: readonly MachineLinkJson[], chosen: MachineLinkJson | undefined): readonly MachineLinkJson[] {
  if (links.length <= DRAWN) return links;
  const first = [...links].sort((a, b) => b.calls - a.calls).slice(0, DRAWN);
  return chosen === undefined || first.includes(chosen) ? first : [...first, chosen];
}
