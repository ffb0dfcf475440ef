import type { CounterfactualJson } from '#shared/contract/report-json.ts';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { ByteCount } from '../../../widgets/numbers.tsx';
import type { ReplayChoice } from './replay-choice.ts';

interface ControlTableProps {
  readonly outcomes: readonly CounterfactualJson[];
  readonly choice: ReplayChoice | undefined;
  readonly onChoice: (choice: ReplayChoice) => void;
}

/** What each control would have stopped, saved and broken on the same calls. Every number opens its calls. */
export function ControlTable({ outcomes, choice, onChoice }: ControlTableProps) {
  const first = outcomes[0];
  if (first === undefined) return <p className="muted">No control has anything to go by.</p>;
  return (
    <>
      <p>
        Tried on the <Tried of={first} side="incident" choice={choice} onChoice={onChoice} /> of incidents, which it should stop, and on{' '}
        <Tried of={first} side="legitimate" choice={choice} onChoice={onChoice} />, which it should not break.
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Control</th>
            <th scope="col" className="end">
              Stops
            </th>
            <th scope="col" className="end">
              Saves
            </th>
            <th scope="col" className="end">
              Breaks
            </th>
            <th scope="col" className="end">
              Cannot tell
            </th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome) => (
            <ControlRow key={outcome.id} outcome={outcome} choice={choice} onChoice={onChoice} />
          ))}
        </tbody>
      </table>
      <p className="muted">
        Cannot tell: calls of incidents + other calls about which the evidence says too little for the control; they would have passed.
      </p>
    </>
  );
}

interface TriedProps extends Omit<ControlTableProps, 'outcomes'> {
  readonly of: CounterfactualJson;
  readonly side: ReplayChoice['side'];
}

/** How many calls of a side all controls were tried on. */
function Tried({ of: { id, incidentTotal, legitimateTotal }, side, choice, onChoice }: TriedProps) {
  const total = side === 'incident' ? incidentTotal : legitimateTotal;
  const words = formatPlural(total, side === 'incident' ? 'call' : 'other call');
  if (total === 0) return words;
  return (
    <button
      type="button"
      className="priv-number"
      aria-pressed={choice?.control === id && choice.side === side && choice.verdict === 'all'}
      onClick={() => {
        onChoice({ control: id, title: 'all that was tried', side, verdict: 'all' });
      }}
    >
      {words}
    </button>
  );
}

function ControlRow({ outcome, choice, onChoice }: Omit<ControlTableProps, 'outcomes'> & { readonly outcome: CounterfactualJson }) {
  const number = (value: number, side: ReplayChoice['side'], verdict: ReplayChoice['verdict'], what: string) => {
    if (value === 0) return <span className="faint">0</span>;
    const isOpen = choice?.control === outcome.id && choice.side === side && choice.verdict === verdict;
    return (
      <button
        type="button"
        className="priv-number"
        aria-pressed={isOpen}
        aria-label={`${formatCount(value)} ${what}: show them`}
        onClick={() => {
          onChoice({ control: outcome.id, title: outcome.control, side, verdict });
        }}
      >
        {formatCount(value)}
      </button>
    );
  };
  return (
    <tr>
      <th scope="row" className="priv-control">
        {outcome.control}
        <span className="muted priv-assumes">{outcome.assumes}</span>
      </th>
      <td className="end">{number(outcome.incidentBlocked, 'incident', 'block', 'incident calls stopped')}</td>
      <td className="end">{outcome.savedBytes === 0 ? <span className="faint">–</span> : <ByteCount value={outcome.savedBytes} />}</td>
      <td className="end">{number(outcome.legitimateBroken, 'legitimate', 'block', 'other calls broken')}</td>
      <td className="end">
        {number(outcome.incidentUnknown, 'incident', 'unknown', 'incident calls not told')} +{' '}
        {number(outcome.legitimateUnknown, 'legitimate', 'unknown', 'other calls not told')}
      </td>
    </tr>
  );
}
