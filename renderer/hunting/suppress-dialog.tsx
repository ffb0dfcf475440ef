import { useState } from 'react';
import type { SuppressionScope } from '#shared/contract/hunting.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useDetectorTitles } from '../query/use-titles.ts';
import { useSettled } from '../query/use-settled.ts';
import { ChangeDialog, ReasonField } from '../review/change-dialog.tsx';
import { useReadOnly } from '../state/read-only.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatPlural } from '../widgets/format.ts';

const PARTS = ['detector', 'principal', 'endpoint', 'query'] as const;
type Part = (typeof PARTS)[number];
const NAMES: Readonly<Record<Part, string>> = {
  detector: 'Detector',
  principal: 'Principal',
  endpoint: 'Endpoint',
  query: 'All calls fit the query',
};

/** The parts of a scope that are ticked and not empty; `undefined` when none is left, which would hide everything. */
function scopeOf(values: Readonly<Record<Part, string>>, ticked: ReadonlySet<Part>): SuppressionScope | undefined {
  const parts = PARTS.filter((part) => ticked.has(part) && values[part].trim() !== '');
  return parts.length === 0 ? undefined : Object.fromEntries(parts.map((part) => [part, values[part].trim()]));
}

interface SuppressDialogProps {
  readonly scope: SuppressionScope;
  readonly onClose: () => void;
}

/** Sets findings aside by a rule: what it is about, why, until when, and how many it hides, before it does. */
export function SuppressDialog({ scope: given, onClose }: SuppressDialogProps) {
  const readOnly = useReadOnly();
  const titleOf = useDetectorTitles();
  const [ticked, setTicked] = useState<ReadonlySet<Part>>(
    new Set(PARTS.filter((part) => part !== 'endpoint' && given[part] !== undefined)),
  );
  const [query, setQuery] = useState(given.query ?? '');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const values = { detector: given.detector ?? '', principal: given.principal ?? '', endpoint: given.endpoint ?? '', query };
  const scope = scopeOf(values, ticked);
  const suppression = scope === undefined ? undefined : { scope, ...(until === '' ? {} : { until }) };
  return (
    <ChangeDialog
      title="Suppress findings"
      about="Findings that fit are set aside with your reason. The report counts them and names the rule; nothing is deleted."
      verb="Suppress"
      change={
        suppression === undefined || reason.trim() === ''
          ? undefined
          : { kind: 'suppress', suppression: { ...suppression, reason: reason.trim() } }
      }
      disabled={readOnly}
      onClose={onClose}
    >
      <fieldset>
        <legend>All that is ticked must hold</legend>
        {PARTS.filter((part) => part === 'query' || given[part] !== undefined).map((part) => (
          <label key={part} className="hunt-choice">
            <input
              type="checkbox"
              checked={ticked.has(part)}
              onChange={(event) => {
                const next = new Set(ticked);
                if (event.target.checked) next.add(part);
                else next.delete(part);
                setTicked(next);
              }}
            />
            {NAMES[part]} {part === 'query' ? null : <EvidenceText text={part === 'detector' ? titleOf(values[part]) : values[part]} />}
          </label>
        ))}
        {ticked.has('query') ? (
          <input
            type="text"
            className="field"
            aria-label="Query that all calls of a finding fit"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
            }}
          />
        ) : null}
      </fieldset>
      <ReasonField value={reason} hint="Why this is no incident" onChange={setReason} />
      <label className="field-label">
        Until (UTC; evidence from that day on is shown again)
        <input
          type="date"
          className="field"
          value={until}
          onChange={(event) => {
            setUntil(event.target.value);
          }}
        />
      </label>
      <Preview suppression={suppression} />
    </ChangeDialog>
  );
}

/** How many findings it would hide now. */
function Preview({ suppression }: { readonly suppression: { readonly scope: SuppressionScope; readonly until?: string } | undefined }) {
  const asked = useSettled(suppression ?? { scope: { detector: '-' } });
  const preview = useEngineQuery('suppressions.preview', asked, { enabled: suppression !== undefined });
  return (
    <p role="status" className="muted">
      {suppression === undefined
        ? 'Tick at least one: a rule about nothing would hide everything.'
        : preview.error !== undefined
          ? `Cannot be told: ${preview.error.message}`
          : preview.data === undefined
            ? 'Counting what it hides…'
            : `Hides ${formatPlural(preview.data.hides.length, 'finding')} of this case${preview.data.expired.length === 0 ? '' : `; ${formatPlural(preview.data.expired.length, 'more', 'more')} go on after that day and stay`}.`}
    </p>
  );
}
