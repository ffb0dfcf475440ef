import './spread.css';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Spread, SpreadStep } from '#shared/contract/graph.ts';
import { EdgeLineMark } from './edge/edge-line.tsx';
import { EDGE_WORDS } from './edge/edge-words.ts';
import { EvidenceText } from './evidence-text.tsx';
import { formatCount, formatDuration, formatPlural } from './format.ts';
import { KindMark } from './kind-mark.tsx';
import { MiddleText } from './middle-text.tsx';
import { TimeText } from './numbers.tsx';

interface SpreadStepsProps {
  readonly data: Spread;
  /** The call that is shown in full elsewhere. */
  readonly chosen: string | undefined;
  readonly onCall: (ref: string) => void;
  /** How many calls went to a host, as a link to them. */
  readonly callsOf: (step: SpreadStep) => ReactNode;
}

/** Hosts in the order in which they were first reached: when, by whom, with what, and how it is known; each opens its first call. */
export function SpreadSteps({ data, chosen, onCall, callsOf }: SpreadStepsProps) {
  const list = useRef<HTMLOListElement>(null);
  const [at, setAt] = useState(0);
  const since = data.steps[0]?.time;
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(data.steps.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('.spread-step')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(data.steps.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div className="spread">
      <div className="spread-says">{says(data)}</div>
      <div className="spread-scroll">
        <ol ref={list} className="spread-steps" aria-label="Hosts in the order of their first call" onKeyDown={onKeyDown}>
          {data.steps.map((step, index) => (
            <li key={step.host} className="spread-row">
              <Step
                step={step}
                since={since}
                position={index === 0 ? 'first' : index + 1 === data.steps.length ? 'last' : 'between'}
                isChosen={step.call === chosen}
                hasFocus={index === at}
                onChoose={() => {
                  setAt(index);
                  onCall(step.call);
                }}
              />
              <span className="spread-calls muted">
                {callsOf(step)}
                {step.failed > 0 ? `, ${formatCount(step.failed)} failed` : ''}
                {step.status === undefined ? '' : `; first ${String(step.status)}`}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

/** The spread in one sentence with its numbers. */
function says(data: Spread): string {
  const { firstCredential: first, steps, hosts, domains, seeds, followed } = data;
  const begin = first === undefined ? 'Without a credential' : `From ${first.id}`;
  const ledTo = followed === 0 ? '' : ` and ${formatPlural(followed, 'call')} that they led to`;
  const shown = steps.length < hosts ? `; the first ${formatCount(steps.length)} are listed` : '';
  return `${begin}, ${formatPlural(seeds, 'call')}${ledTo} reached ${formatPlural(hosts, 'host')} in ${formatPlural(domains, 'trust domain')}${shown}.`;
}

interface StepProps {
  readonly step: SpreadStep;
  readonly since: string | undefined;
  readonly position: 'first' | 'between' | 'last';
  readonly isChosen: boolean;
  readonly hasFocus: boolean;
  readonly onChoose: () => void;
}

function Step({ step, since, position, isChosen, hasFocus, onChoose }: StepProps) {
  const after = step.time === undefined || since === undefined ? undefined : Date.parse(step.time) - Date.parse(since);
  return (
    <button type="button" className="spread-step" aria-pressed={isChosen} tabIndex={hasFocus ? 0 : -1} onClick={onChoose}>
      <svg className="spread-rail" width="24" height="40" viewBox="0 0 24 40" aria-hidden="true">
        <path className="spread-line" d={`M8 ${position === 'first' ? '20' : '-4'}V${position === 'last' ? '20' : '44'}`} />
        <circle cx="8" cy="20" r={step.isNewDomain ? 5 : 4} className={step.isNewDomain ? 'spread-dot domain' : 'spread-dot'} />
      </svg>
      <span>
        <TimeText time={step.time} />
        <span className="spread-under muted">{after === undefined || position === 'first' ? 'UTC' : `+${formatDuration(after)}`}</span>
      </span>
      <span>
        <span className="spread-host">
          <EvidenceText text={step.host === '' ? 'host not named' : step.host} />
        </span>
        <span className="spread-under muted">
          <EvidenceText text={step.domain} />
          {step.isNewDomain ? ', new' : ''}
        </span>
      </span>
      <span>
        <span className="chain-line">
          <KindMark kind={step.kind ?? 'unknown'} />
          <MiddleText text={step.principalLabel ?? step.principal ?? 'principal not known'} tail={8} />
        </span>
        <span className="spread-under muted">{step.credential === undefined ? 'no credential' : `with ${step.credential}`}</span>
      </span>
      <span>
        <MiddleText text={step.endpoint ?? 'endpoint not known'} mono tail={18} />
        <Proof step={step} />
      </span>
    </button>
  );
}

/** How it is known that the first call there belongs to the spread. */
function Proof({ step: { from } }: { readonly step: SpreadStep }) {
  if (from === undefined) return <span className="spread-under muted">nothing known led there</span>;
  return (
    <span className="chain-line muted">
      <EdgeLineMark kind={from.kind} />
      <span>
        {EDGE_WORDS[from.kind]} {String(Math.round(from.confidence * 100))} % from
      </span>
      <MiddleText text={from.host === '' ? from.call : from.host} tail={10} />
    </span>
  );
}
