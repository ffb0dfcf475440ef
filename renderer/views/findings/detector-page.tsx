import type { DetectorRow } from '#shared/contract/hunting.ts';
import type { FindingJson } from '#shared/contract/report-json.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useReview } from '../../query/use-review.ts';
import { GoLink } from '../../state/go-link.tsx';
import { showHuntDialog } from '../../state/hunt-dialog.ts';
import { toCalls, toFinding } from '../../state/places.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { FAMILY_WORDS } from '../../widgets/family-words.ts';
import { MoreRows, useFirstRows } from '../../widgets/more-rows.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { Mapping } from './mapping.tsx';
import { Part } from './part.tsx';

const KINDS = { 'built-in': 'part of Spoor', sigma: 'Sigma rule of this case', saved: 'detector of this case' } as const;

/** A detector in full: what it catches, what it needs, its parameters with reasons, what it may mistake, and what it found here. */
export function DetectorPage({ detector }: { readonly detector: DetectorRow }) {
  return (
    <article className="finding-card" tabIndex={0} aria-labelledby="detector-title">
      <header className="finding-head">
        <p className="finding-marks">
          <span className="tag">{FAMILY_WORDS[detector.family].one}</span>
          <span className="tag">{KINDS[detector.kind]}</span>
          {detector.version === undefined ? null : <span className="tag">version {detector.version}</span>}
          <span className="mono muted finding-id">
            <EvidenceText text={detector.id} />
          </span>
        </p>
        <h2 id="detector-title">
          <EvidenceText text={detector.title} />
        </h2>
        <SavedActions detector={detector} />
      </header>
      <div className="finding-body">
        <Part title="What it catches">
          <p>
            <EvidenceText text={detector.catches} />
          </p>
        </Part>
        <Standing detector={detector} />
        <Items title="What it needs" items={detector.inputs} />
        <Parameters settings={detector.settings} />
        <Items title="What it may mistake" items={detector.falsePositives} />
        <SigmaFacts detector={detector} />
        <Mapping maps={detector.maps} />
      </div>
    </article>
  );
}

/** A detector of the analyst can be changed and removed; Undo brings it back. */
function SavedActions({ detector: { saved } }: { readonly detector: DetectorRow }) {
  const { change } = useReview();
  const readOnly = useReadOnly();
  if (saved === undefined) return null;
  return (
    <p className="finding-links">
      <GoLink to={toCalls(saved.query)}>Calls that fit now</GoLink>
      <Button disabled={readOnly} onClick={() => { showHuntDialog({ kind: 'detector', query: saved.query, saved }); }}>
        Change…
      </Button>
      <Button disabled={readOnly} onClick={() => { void change({ kind: 'detector-remove', id: saved.id }); }}>
        Remove
      </Button>
    </p>
  );
} // prettier-ignore

function Standing({ detector }: { readonly detector: DetectorRow }) {
  const findings = useEngineQuery('findings.list', {});
  const { notEvaluable, partlyEvaluable } = detector;
  return (
    <Part title="In this case">
      {notEvaluable === undefined ? null : (
        <p>
          Cannot answer: <EvidenceText text={notEvaluable} />
        </p>
      )}
      {partlyEvaluable === undefined ? null : (
        <>
          <p>It could look at a part of the evidence only:</p>
          <ul className="detector-items">
            {partlyEvaluable.map((reason) => (
              <li key={reason}>
                <EvidenceText text={reason} />
              </li>
            ))}
          </ul>
        </>
      )}
      {detector.findings.length > 0 ? (
        <Answer query={findings} what="its findings" lines={2}>
          {(rows) => <Found findings={rows.filter(({ id }) => detector.findings.includes(id))} />}
        </Answer>
      ) : notEvaluable === undefined ? (
        <p className="muted">It was asked and found nothing{partlyEvaluable === undefined ? '' : ' where it could look'}.</p>
      ) : null}
    </Part>
  );
}

function Found({ findings }: { readonly findings: readonly FindingJson[] }) {
  const { shown, hidden, showMore } = useFirstRows(findings);
  return (
    <>
      <ul className="who same-story">
        {shown.map((finding) => (
          <li key={finding.id}>
            <SeverityMark severity={finding.severity} word={false} />
            <GoLink to={toFinding(finding.id)}>
              <EvidenceText text={finding.title} />
            </GoLink>
            {finding.suppressedBy === undefined ? null : <span className="tag">suppressed</span>}
          </li>
        ))}
      </ul>
      <MoreRows hidden={hidden} onMore={showMore} />
    </>
  );
}

function Items({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="detector-items">
        {items.map((item, index) => (
          <li key={index}>
            <EvidenceText text={item} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Parameters({ settings }: Pick<DetectorRow, 'settings'>) {
  if (settings.length === 0) return null;
  return (
    <Part title="Parameters">
      <table className="table fact-table parameter-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {settings.map(({ name, value, why }) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td>{value}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

/** Where a Sigma rule came from. Its links are text: nothing opens what evidence or rules name. */
function SigmaFacts({ detector: { sigma } }: { readonly detector: DetectorRow }) {
  if (sigma === undefined) return null;
  return (
    <Part title="The rule">
      <p>
        File <EvidenceText text={sigma.file} />, level {sigma.level}
      </p>
      <ul className="detector-items">
        {sigma.references.map((reference) => (
          <li key={reference} className="mono">
            <EvidenceText text={reference} />
          </li>
        ))}
      </ul>
    </Part>
  );
}
