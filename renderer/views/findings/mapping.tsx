import type { FindingMaps } from '#shared/contract/report-json.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { Part } from './part.tsx';

const MAPS: readonly (readonly [key: keyof FindingMaps, name: string])[] = [
  ['attack', 'MITRE ATT&CK'],
  ['atlas', 'MITRE ATLAS'],
  ['owaspApi', 'OWASP API Security'],
  ['owaspLlm', 'OWASP LLM'],
  ['owaspAgentic', 'OWASP Agentic'],
  ['cwe', 'CWE'],
];

/** Where a finding or detector stands in the frameworks; nothing when it stands in none. */
export function Mapping({ maps }: { readonly maps: FindingMaps }) {
  const given = MAPS.filter(([key]) => maps[key].length > 0);
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
