import type { FindingJson } from '#shared/contract/report-json.ts';
import type { FindingDetail } from '#shared/contract/rows.ts';
import { chanceText } from '#shared/model/chance.ts';
import { evidenceQuery, matching } from '../../query/queries.ts';
import { useDetectorTitles } from '../../query/use-titles.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCall, toCalls, toChain, toCredential, toDetector, toEndpoint, toFinding, toPrincipal, toSpread } from '../../state/places.ts';
import { Answer } from '../../widgets/answer.tsx';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { FAMILY_WORDS } from '../../widgets/family-words.ts';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';
import { StepList } from '../../widgets/step-list.tsx';
import { Decided } from './decided.tsx';
import { EvidenceCalls } from './evidence-calls.tsx';
import { Exhibits } from './exhibits.tsx';
import { toFactRows } from './facts.ts';
import { FindingActions } from './finding-actions.tsx';
import { Mapping } from './mapping.tsx';
import { Part } from './part.tsx';
import { RootCause } from './root-cause.tsx';
import { findRelated, findSteps } from './story.ts';
import { TriageBar } from './triage-bar.tsx';

interface FindingCardProps {
  readonly finding: FindingJson;
  /** All findings of the case. */
  readonly findings: readonly FindingJson[];
}

/** Chains that the head links to; the evidence has the calls of the others too. */
const MOST_CHAINS = 3;

/** A finding in full: the claim, its arithmetic, its evidence, what else it could be, and what to do. */
export function FindingCard({ finding, findings }: FindingCardProps) {
  const detail = useEngineQuery('findings.get', { id: finding.id });
  const titleOf = useDetectorTitles();
  return (
    <article className="finding-card" tabIndex={0} aria-labelledby="finding-title">
      <header className="finding-head">
        <p className="finding-marks">
          <SeverityMark severity={finding.severity} />
          <span className="tag">{finding.confidence}</span>
          <span className="tag">{FAMILY_WORDS[finding.family].one}</span>
          <span className="tag">{finding.status}</span>
        </p>
        <h2 id="finding-title">
          <EvidenceText text={finding.title} />
        </h2>
        {finding.summary === undefined ? null : (
          <p>
            <EvidenceText text={`${finding.summary}.`} />
          </p>
        )}
        {finding.window === undefined ? null : (
          <p className="muted">
            {formatTime(finding.window[0], 's')} to {formatTime(finding.window[1], 's')} UTC
          </p>
        )}
        {finding.detectedAt === undefined ? null : (
          <p className="muted">Could have been seen at {formatTime(finding.detectedAt, 's')} UTC</p>
        )}
        <p className="finding-links">
          <GoLink to={toCalls(evidenceQuery(finding))}>{formatPlural(finding.calls.length, 'evidence call')}</GoLink>
          <GoLink to={toSpread(evidenceQuery(finding))} className="link">
            Hosts reached
          </GoLink>
          {finding.chains.slice(0, MOST_CHAINS).map((chain, index) => (
            <GoLink key={chain} to={toChain(chain)} className="link">
              {finding.chains.length === 1 ? 'Chain' : `Chain ${formatCount(index + 1)} of ${formatCount(finding.chains.length)}`}
            </GoLink>
          ))}
        </p>
        <div className="finding-deeds">
          <TriageBar finding={finding} findings={findings} />
          <FindingActions finding={finding} />
        </div>
      </header>
      <div className="finding-body">
        <Decided finding={finding} findings={findings} />
        <Steps finding={finding} />
        <Part title="Why it is reported">
          {detail.data === undefined ? null : (
            <p>
              <EvidenceText text={detail.data.question} />
            </p>
          )}
          <p>
            Severity: <EvidenceText text={finding.severityWhy} />
          </p>
          <p className="muted">
            Found by{' '}
            <GoLink to={toDetector(finding.detector)} className="link">
              <EvidenceText text={titleOf(finding.detector)} />
            </GoLink>
            , version {finding.version}
          </p>
          <p className="muted finding-id">
            In the report and in exports: <span className="mono">{finding.id}</span>
            <CopyButton text={finding.id} label="Copy the id of the finding" />
          </p>
        </Part>
        {finding.rootCause === undefined ? null : <RootCause rootCause={finding.rootCause} finding={finding.id} findings={findings} />}
        <SameStory finding={finding} related={findRelated(findings, finding)} />
        <Facts finding={finding} />
        {finding.exhibits === undefined ? null : (
          <Part title="What shows it">
            <Exhibits exhibits={finding.exhibits} />
          </Part>
        )}
        <Answer query={detail} what="the evidence of this finding">
          {(data) => <EvidencePart finding={finding} detail={data} />}
        </Answer>
        <Part title="Harmless explanations tested">
          {finding.benignTested.length === 0 ? (
            <p className="muted">None is known for this question.</p>
          ) : (
            <Tested items={finding.benignTested} />
          )}
        </Part>
        <Part title="What to do">
          {finding.remediation.length === 0 ? (
            <p className="muted">No step is given for this question.</p>
          ) : (
            <ol className="steps">
              {finding.remediation.map((step, index) => (
                <li key={index}>
                  <EvidenceText text={step} />
                </li>
              ))}
            </ol>
          )}
        </Part>
        <Mapping maps={finding.maps} />
      </div>
    </article>
  );
}

/** The incident in its steps, where the engine tells this finding's story. */
function Steps({ finding }: { readonly finding: FindingJson }) {
  const overview = useEngineQuery('case.overview', {});
  const steps = overview.data === undefined ? [] : findSteps(overview.data, finding);
  if (steps.length === 0) return null;
  return (
    <Part title="What happened">
      <StepList
        steps={steps}
        link={(step, time) => (
          <GoLink to={toCall(step.call)} title={`Open the call ${step.call}`}>
            {time}
          </GoLink>
        )}
      />
    </Part>
  );
}

function SameStory({ finding, related }: { readonly finding: FindingJson; readonly related: readonly FindingJson[] }) {
  if (finding.story === '') return null;
  return (
    <Part title="Part of one story">
      <p>
        <EvidenceText text={finding.story} />
      </p>
      <ul className="who same-story">
        {related.map((other) => (
          <li key={other.id}>
            <SeverityMark severity={other.severity} word={false} />
            <GoLink to={toFinding(other.id)}>
              <EvidenceText text={other.title} />
            </GoLink>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Facts({ finding }: { readonly finding: FindingJson }) {
  const rows = toFactRows(finding);
  if (rows.length === 0) return null;
  return (
    <Part title="Observed against expected">
      <table className="table fact-table">
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col">Observed</th>
            <th scope="col">Expected</th>
            <th scope="col">Deviation</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" title={row.meaning}>
                {row.name}
              </th>
              {row.expected === undefined ? (
                <td colSpan={3}>
                  <EvidenceText text={row.observed ?? '–'} />
                </td>
              ) : (
                <>
                  <td>{row.observed === undefined ? <span className="faint">–</span> : <EvidenceText text={row.observed} />}</td>
                  <td>
                    <EvidenceText text={row.expected} />
                  </td>
                  <td>{row.deviation ?? <span className="faint">–</span>}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {finding.chance === undefined ? null : (
        <p>
          <EvidenceText text={chanceText(finding.chance)} />
        </p>
      )}
    </Part>
  );
}

function EvidencePart({ finding, detail }: { readonly finding: FindingJson; readonly detail: FindingDetail }) {
  return (
    <>
      {detail.principals.length === 0 && detail.credentials.length === 0 && detail.endpoints.length === 0 ? null : (
        <Part title="Who and what">
          <ul className="who">
            {detail.principals.map((principal) => (
              <li key={principal.id}>
                <KindMark kind={principal.kind} word />
                <GoLink to={toPrincipal(principal.id)}>
                  <EvidenceText text={principal.label} />
                </GoLink>
                <span className="muted">
                  <EvidenceText text={principal.why} />
                </span>
              </li>
            ))}
            {detail.credentials.map((credential) => (
              <li key={credential.id}>
                <span className="muted">{credential.kind}</span>
                <GoLink to={toCredential(credential.id)}>{credential.id}</GoLink>
                <span className="mono muted">
                  <EvidenceText text={credential.masked} />
                </span>
              </li>
            ))}
            {detail.endpoints.map((endpoint) => (
              <li key={endpoint.id}>
                <span className="muted">endpoint</span>
                <GoLink to={toCalls(matching('endpoint', endpoint.id))} className="link mono who-endpoint">
                  <MiddleText text={endpoint.id} mono tail={24} />
                </GoLink>
                <span className="muted">{endpoint.spec}</span>
                <GoLink to={toEndpoint(endpoint.id)}>Show in Inventory</GoLink>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Evidence">
        <EvidenceCalls calls={detail.calls} total={finding.calls.length} finding={finding.id} />
      </Part>
    </>
  );
}

function Tested({ items }: { readonly items: FindingJson['benignTested'] }) {
  return (
    <ul className="tested">
      {items.map((item, index) => (
        <li key={index}>
          <EvidenceText text={item.explanation} />:{' '}
          <span className="muted">
            <EvidenceText text={item.result} />
          </span>
        </li>
      ))}
    </ul>
  );
}
