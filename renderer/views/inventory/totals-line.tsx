import type { EndpointRow } from '#shared/contract/inventory.ts';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { countValues, endpointFields, filterEndpoints, stateOf, withCondition, type EndpointFilter } from './filter.ts';
import { LevelMark, SpecMark } from './marks.tsx';

interface TotalsLineProps {
  readonly rows: readonly EndpointRow[];
  readonly shown: number;
  readonly filter: EndpointFilter;
  readonly text: string;
  readonly onText: (text: string) => void;
}

const SPECS = ['documented', 'shadow', 'zombie', 'orphan', 'no-spec'] as const;
const LEVELS = ['S3', 'S2'] as const;

/** How many endpoints there are, and of which kind; each number narrows the list to what it counts. */
export function TotalsLine({ rows, shown, filter, text, onText }: TotalsLineProps) {
  const counts = (id: string): ReadonlyMap<string, number> => {
    const field = endpointFields.find((each) => each.id === id);
    return new Map(field === undefined ? [] : countValues(rows, filter, field).map(({ value, count }) => [value, count]));
  };
  const [specs, levels] = [counts('spec'), counts('level')];
  const hosts = new Set(
    filterEndpoints(rows, filter)
      .map(({ host }) => host)
      .filter((host) => host !== ''),
  ).size;
  const choice = (field: string, value: string) => ({
    pressed: stateOf(filter, field, value) === 'included',
    onPress: () => {
      onText(withCondition(text, { field, value, not: false }, stateOf(filter, field, value) !== 'included'));
    },
  });
  return (
    <div className="inv-totals">
      <span className="inv-total" role="status">
        {shown === rows.length ? '' : `${formatCount(shown)} of `}
        {formatPlural(rows.length, 'endpoint')}
        {hosts === 0 ? '' : ` on ${formatPlural(hosts, 'host')}`}
      </span>
      <div className="inv-choices" role="group" aria-label="By description">
        {SPECS.map((spec) => (
          <Choice key={spec} count={specs.get(spec) ?? 0} {...choice('spec', spec)}>
            <SpecMark spec={spec} />
          </Choice>
        ))}
      </div>
      <div className="inv-choices" role="group" aria-label="By sensitivity">
        {LEVELS.map((level) => (
          <Choice key={level} count={levels.get(level) ?? 0} {...choice('level', level)}>
            <LevelMark level={level} />
          </Choice>
        ))}
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly count: number;
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly children: React.ReactNode;
}

function Choice({ count, pressed, onPress, children }: ChoiceProps) {
  return (
    <button type="button" className="inv-choice" aria-pressed={pressed} disabled={count === 0 && !pressed} onClick={onPress}>
      <span className="number">{formatCount(count)}</span> {children}
    </button>
  );
}
