import { FRAMEWORKS } from '#shared/model/frameworks.ts';
import type { FindingMaps } from '#shared/contract/report-json.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Part } from './part.tsx';

/** Where a finding or detector stands in the frameworks; nothing when it stands in none. */
export function Mapping({ maps }: { readonly maps: FindingMaps }) {
  const given = FRAMEWORKS.filter(([key]) => maps[key].length > 0);
  if (given.length === 0) return null;
  return (
    <Part title="Mapping">
      <dl className="mapping">
        {given.map(([key, name]) => (
          <div key={key}>
            <dt className="muted">{name}</dt>
            <dd>
              <EvidenceText text={maps[key].join(', ')} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
