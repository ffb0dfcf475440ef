import { Fragment } from 'react';
import type { FindingJson, NotEvaluable, PartlyEvaluable, PrincipalJson } from '#shared/contract/report-json.ts';
import type { CaseInfo, Overview } from '#shared/contract/rows.ts';
import { matching } from '../../query/queries.ts';
import { groupBy } from '#shared/lib/group-by.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { useDetectorTitles } from '../../query/use-titles.ts';
import { useAnalysis } from '../../query/use-analysis.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls, toDetector, toFinding, toPartlyAnswered, toSeverity, toUnanswered } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { FAMILY_WORDS } from '../../widgets/family-words.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { KindMark } from '../../widgets/kind-mark.tsx';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { ANALYSIS_WORDS, NotRun } from '../../widgets/not-run.tsx';
import { SeverityMark } from '../../widgets/severity-mark.tsx';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

interface FindingListProps {
  readonly overview: Overview;
  /** The finding that is told beside the list, which leaves it out. */
  readonly told: string | undefined;
}

/** The most urgent findings under the heads of their families, and how many there are of each severity. */
export function FindingList({ overview, told }: FindingListProps) {
  const { topFindings, findingsBySeverity, info } = overview;
  const others = topFindings.filter(({ id }) => id !== told);
  const total = SEVERITIES.reduce((sum, severity) => sum + findingsBySeverity[severity], 0);
  return (
    <section aria-labelledby="findings-title">
      <div className="panel-head">
        <h2 id="findings-title">Findings</h2>
        <span className="severity-counts">
          {SEVERITIES.filter((severity) => findingsBySeverity[severity] > 0).map((severity) => (
            <GoLink key={severity} to={toSeverity(severity)} className="link severity-link">
              <SeverityMark severity={severity} word={false} /> {formatCount(findingsBySeverity[severity])}
            </GoLink>
          ))}
        </span>
      </div>
      {topFindings.length === 0 ? (
        <NoFindings calls={info.calls} analyzed={info.analyzed} />
      ) : (
        <ol className="rows">
          {[...groupBy(others, ({ family }) => family)].map(([family, group]) => (
            <li key={family}>
              <h3 className="rows-head">
                {headOf(
                  family,
                  topFindings.find(({ id }) => id === told),
                )}
              </h3>
              <ol>
                {group.map((finding) => (
                  <FindingLine key={finding.id} finding={finding} />
                ))}
              </ol>
            </li>
          ))}
          {total > topFindings.length ? (
            <li className="rows-more">
              <GoLink to={{ view: 'findings', finding: undefined }}>All {formatCount(total)} findings</GoLink>
            </li>
          ) : null}
        </ol>
      )}
    </section>
  );
}

/** The counts above are of all findings; the list leaves out the one that is told beside it. */
const headOf = (family: FindingJson['family'], told: FindingJson | undefined): string =>
  told?.family === family ? `Other ${FAMILY_WORDS[family].many.toLowerCase()}` : FAMILY_WORDS[family].many;

/** Nothing found and nothing looked at are kept apart. */
function NoFindings({ calls, analyzed }: { readonly calls: number; readonly analyzed: boolean }) {
  const [work, start] = useAnalysis();
  if (calls === 0) return <p className="muted list-none">No call could be read, so nothing was looked for.</p>;
  if (analyzed) return <p className="muted list-none">0 findings in {formatPlural(calls, 'call')}.</p>;
  return (
    <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
      Findings, chains and principals are missing or out of date until the evidence is analysed.
    </NotRun>
  );
}

function FindingLine({ finding }: { readonly finding: FindingJson }) {
  return (
    <li>
      <GoLink to={toFinding(finding.id)} className="row-link">
        <SeverityMark severity={finding.severity} word={false} />
        <span className="row-title row-claim" title={toVisibleText(finding.title)}>
          <EvidenceText text={finding.title} />
        </span>
        <span className="row-note">{formatPlural(finding.calls.length, 'call')}</span>
      </GoLink>
    </li>
  );
}

/** Who called most, with the kind and how they are known. */
export function PrincipalList({ principals, info }: { readonly principals: readonly PrincipalJson[]; readonly info: CaseInfo }) {
  const most = principals.reduce((max, principal) => Math.max(max, principal.calls), 1);
  return (
    <section aria-labelledby="principals-title">
      <div className="panel-head">
        <h2 id="principals-title">Who called</h2>
        <span className="muted">calls of {formatCount(info.calls)}</span>
      </div>
      {principals.length === 0 ? (
        <p className="muted list-none">
          {info.analyzed
            ? 'No principal could be told apart: the evidence names no consumer, credential or User-Agent.'
            : 'Known after the analysis.'}
        </p>
      ) : (
        <ol className="rows">
          {principals.map((principal) => (
            <li key={principal.id}>
              <GoLink to={toCalls(matching('principal', principal.id))} className="row-link" title={principal.why}>
                <KindMark kind={principal.kind} weak={principal.weak} />
                <span className="row-title">
                  <MiddleText text={principal.label} />
                </span>
                <span className="row-why">{principal.why}</span>
                <svg className="row-bar" width="80" height="8" aria-hidden="true">
                  <rect width={Math.max(1, (principal.calls / most) * 80)} height="8" />
                </svg>
                <span className="row-note">{formatCount(principal.calls)}</span>
              </GoLink>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface NotEvaluableListProps {
  readonly items: readonly NotEvaluable[];
  /** Whether a part of the evidence answers others. */
  readonly partly: boolean;
  readonly analyzed: boolean;
}

/** The questions that the evidence cannot answer, each with what is missing. */
export function NotEvaluableList({ items, partly, analyzed }: NotEvaluableListProps) {
  const titleOf = useDetectorTitles();
  return (
    <section aria-labelledby="not-evaluable-title">
      <div className="panel-head">
        <h2 id="not-evaluable-title">Questions without an answer</h2>
        {items.length === 0 ? null : <GoLink to={toUnanswered}>All {formatCount(items.length)}</GoLink>}
      </div>
      {items.length === 0 ? (
        <p className="muted list-none">
          {!analyzed
            ? 'Known after the analysis.'
            : partly
              ? 'Every question that Spoor knows could be put to a part of this evidence at least.'
              : 'Every question that Spoor knows could be put to this evidence.'}
        </p>
      ) : (
        <ul className="rows">
          {items.map((item, index) => (
            <li key={index} className="row-plain">
              <GoLink to={toDetector(item.detector)}>
                <EvidenceText text={titleOf(item.detector)} />
              </GoLink>
              <span className="muted">
                <EvidenceText text={item.reason} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Detectors named for one thing that is missing; the rest stand in the list of detectors. */
const NAMED = 2;

/** What is missing for a part of the evidence, and which questions needed it: one line for each thing, many questions need the same. */
export function PartlyEvaluableList({ items }: { readonly items: readonly PartlyEvaluable[] }) {
  const titleOf = useDetectorTitles();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="partly-title">
      <div className="panel-head">
        <h2 id="partly-title">Answered for a part of the evidence</h2>
        <GoLink to={toPartlyAnswered}>All {formatCount(new Set(items.map(({ detector }) => detector)).size)}</GoLink>
      </div>
      <ul className="rows">
        {[...groupBy(items, ({ reason }) => reason)].map(([reason, group]) => (
          <li key={reason} className="row-plain row-partly">
            <EvidenceText text={reason} />
            <span className="muted">
              {group.slice(0, NAMED).map(({ detector }, index) => (
                <Fragment key={detector}>
                  {index === 0 ? '' : ' · '}
                  <GoLink to={toDetector(detector)}>
                    <EvidenceText text={titleOf(detector)} />
                  </GoLink>
                </Fragment>
              ))}
              {group.length > NAMED ? (
                <>
                  {' '}
                  and <GoLink to={toPartlyAnswered}>{formatCount(group.length - NAMED)} more</GoLink>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
