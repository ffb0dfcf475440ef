import { Fragment, useState } from 'react';
import { RUNG_ANSWERS, type Ladder, type Rung, type RungAnswer, type RungCount } from '#shared/contract/credentials.ts';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls } from '../../../state/places.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../../widgets/format.ts';
import { RUNG_WORDS } from './words.ts';

/** Whose ladder it is: one credential's, or that of one kind of caller. */
type LadderOf = Ladder['callers'] | { readonly credential: string };

/** The number whose uses are shown. */
interface Asked {
  readonly rung: Rung;
  readonly answer: RungAnswer;
}

const ANSWER_WORDS: Readonly<Record<RungAnswer, string>> = { yes: 'Yes', no: 'No', unknown: 'Cannot tell' };

/** The verification ladder: on each rung the share of calls that pass, fail, and of which nothing can be told; each number opens what is behind it. */
export function LadderTable({ ladder, of, title }: { readonly ladder: Ladder; readonly of: LadderOf; readonly title: string }) {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  return (
    <CardPart title={title} note={formatPlural(ladder.calls, 'call')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Share with yes</th>
            {RUNG_ANSWERS.map((answer) => (
              <th key={answer} scope="col" className="end">
                {ANSWER_WORDS[answer]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ladder.rungs.map((count) => (
            <Fragment key={count.rung}>
              <RungRow count={count} calls={ladder.calls} asked={asked} onAsk={setAsked} />
              {asked?.rung === count.rung ? (
                <tr>
                  <td colSpan={2 + RUNG_ANSWERS.length}>
                    <Behind of={of} asked={asked} calls={count[asked.answer]} />
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}

interface RungRowProps {
  readonly count: RungCount;
  readonly calls: number;
  readonly asked: Asked | undefined;
  readonly onAsk: (asked: Asked | undefined) => void;
}

function RungRow({ count, calls, asked, onAsk }: RungRowProps) {
  const { rung, yes, no, unknown } = count;
  return (
    <tr title={RUNG_WORDS[rung].meaning}>
      <th scope="row" className="nowrap">
        {RUNG_WORDS[rung].title}
      </th>
      <td>
        <span className="cred-share">
          <span className="cred-share-bar" aria-hidden="true">
            <span className="cred-share-yes" style={{ flexGrow: yes }} />
            <span className="cred-share-no" style={{ flexGrow: no }} />
            <span className="cred-share-unknown" style={{ flexGrow: unknown }} />
          </span>
          <span className="number">{formatShare(yes, calls)}</span>
        </span>
      </td>
      {RUNG_ANSWERS.map((answer) => {
        const isOpen = asked?.rung === rung && asked.answer === answer;
        return (
          <td key={answer} className="end">
            {count[answer] === 0 ? (
              <span className="faint">0</span>
            ) : (
              <button
                type="button"
                className="link number"
                aria-expanded={isOpen}
                aria-label={`${RUNG_WORDS[rung].title}, ${ANSWER_WORDS[answer].toLowerCase()}: ${formatPlural(count[answer], 'call')}`}
                onClick={() => {
                  onAsk(isOpen ? undefined : { rung, answer });
                }}
              >
                {formatCount(count[answer])}
              </button>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** The uses behind a number, each with its calls; calls that came without a credential, or with one that the log masked, are said apart. */
function Behind({ of, asked, calls }: { readonly of: LadderOf; readonly asked: Asked; readonly calls: number }) {
  const behind = useEngineQuery('credentials.behind', { of, ...asked });
  return (
    <Answer query={behind} what="what is behind this number" lines={3}>
      {({ uses, omitted }) => {
        const rest = calls - uses.reduce((sum, use) => sum + use.calls, 0);
        return (
          <ul className="card-list">
            {uses.map(({ credential, host, calls: own, query }) => (
              <li key={`${credential} ${host ?? ''}`}>
                <GoLink to={toCalls(query)}>{formatPlural(own, 'call')}</GoLink> with{' '}
                <GoLink to={{ credential }}>
                  <span className="mono">{credential}</span>
                </GoLink>{' '}
                {host === undefined ? (
                  <span className="muted">at a host that the evidence does not name</span>
                ) : (
                  <>
                    at <EvidenceText isHost text={host} />
                  </>
                )}
              </li>
            ))}
            {omitted > 0 ? <li className="muted">{formatPlural(omitted, 'use')} with fewer calls are not listed.</li> : null}
            {rest > 0 && omitted === 0 && typeof of === 'string' ? <WithoutCredential callers={of} calls={rest} /> : null}
          </ul>
        );
      }}
    </Answer>
  );
}

const KINDS: Readonly<Record<Ladder['callers'], string>> = {
  people: 'kind:human',
  machines: 'kind:(agent or service)',
  unknown: '-kind:(human or agent or service)',
};

/** Counted only where a source shows credentials of the host at all; the query cannot say that, so it may find more. */
function WithoutCredential({ callers, calls }: { readonly callers: Ladder['callers']; readonly calls: number }) {
  return (
    <li>
      {formatPlural(calls, 'call')} that showed no credential, or one that the log masked:{' '}
      <GoLink to={toCalls(`-has:credential and ${KINDS[callers]}`)}>calls without a credential</GoLink>
      <span className="muted">, sources that never show one included</span>
    </li>
  );
}
