import { CircleCheck, CircleDashed, CircleHelp, TriangleAlert } from 'lucide-react';
import type { ReviewedSource } from '#shared/contract/intake-review.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { MiddleText } from '../widgets/middle-text.tsx';
import { MoreRows, useFirstRows } from '../widgets/more-rows.tsx';
import { ByteCount } from '../widgets/numbers.tsx';
import { sharedArchive } from '../widgets/shared-archive.ts';
import { isZone } from '../widgets/zone.ts';
import type { Choices } from './choices.ts';

interface SourceTableProps {
  readonly sources: readonly ReviewedSource[];
  readonly choices: Choices;
  readonly onChange: (to: Partial<Choices>) => void;
  /** Name of the source whose first records are shown. */
  readonly shown: string | undefined;
  readonly onShow: (name: string | undefined) => void;
}

/** Every source that was found: what it is, how that is known, and whether it is used. */
export function SourceTable({ sources, choices, onChange, shown, onShow }: SourceTableProps) {
  const rows = useFirstRows(sources);
  const within = sharedArchive(sources.map(({ name }) => name));
  return (
    <>
      <div className="intake-scroll" role="region" aria-label="Sources" tabIndex={0}>
        <table className="table intake-table">
          <thead>
            <tr>
              <th scope="col">Use</th>
              <th scope="col">Source</th>
              <th scope="col">Looks like</th>
              <th scope="col">Known by</th>
              <th scope="col" className="end">
                Size
              </th>
              <th scope="col">Zone of its times</th>
            </tr>
          </thead>
          <tbody>
            {rows.shown.map((source) => (
              <Row
                key={source.name}
                source={source}
                within={within}
                choices={choices}
                onChange={onChange}
                open={source.name === shown}
                onShow={() => {
                  onShow(source.name === shown ? undefined : source.name);
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
      <MoreRows hidden={rows.hidden} onMore={rows.showMore} />
    </>
  );
}

interface RowProps extends Pick<SourceTableProps, 'choices' | 'onChange'> {
  readonly source: ReviewedSource;
  /** The start of the name that all rows share and none shows. */
  readonly within: string;
  readonly open: boolean;
  readonly onShow: () => void;
}

function Row({ source, within, choices, onChange, open, onShow }: RowProps) {
  const { name, bytes, format, sameAs, problem, why } = source;
  const used = !choices.leftOut.has(name);
  return (
    <tr className={[open ? 'selected' : '', used ? '' : 'intake-unused'].join(' ').trim()}>
      <td>
        <input
          type="checkbox"
          aria-label={`Use ${name}`}
          checked={used}
          onChange={() => {
            const leftOut = new Set(choices.leftOut);
            if (used) leftOut.add(name);
            else leftOut.delete(name);
            onChange({ leftOut });
          }}
        />
      </td>
      <td className="intake-name">
        <button type="button" className="link" aria-expanded={open} title={toVisibleText(name)} onClick={onShow}>
          <MiddleText text={name.slice(within.length)} mono tail={24} />
        </button>
      </td>
      <td className="intake-format" title={why}>
        <Mark source={source} />
        <span>
          {format === undefined ? 'not recognised: kept with its hash, no calls' : format.title}
          {sameAs === undefined ? null : (
            <span className="intake-note">
              same bytes as <EvidenceText text={sameAs.name} />
              {sameAs.in === 'case' ? ' in the case' : ''}: adds nothing
            </span>
          )}
          {problem === undefined ? null : (
            <span className="intake-note severity-medium">
              <EvidenceText text={problem} />
            </span>
          )}
        </span>
      </td>
      <td>{KNOWN_BY[source.recognizedBy]}</td>
      <td className="end">{bytes === undefined ? <span className="faint">packed</span> : <ByteCount value={bytes} />}</td>
      <td>
        <Zone source={source} choices={choices} onChange={onChange} />
      </td>
    </tr>
  );
}

const KNOWN_BY: Readonly<Record<ReviewedSource['recognizedBy'], string>> = {
  content: 'its content',
  name: 'its name alone',
  override: 'your word',
  none: '–',
};

function Mark({ source: { format, sameAs, problem } }: { readonly source: ReviewedSource }) {
  const look = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const;
  if (problem !== undefined) return <TriangleAlert {...look} className="severity-medium" />;
  if (sameAs !== undefined) return <CircleDashed {...look} className="muted" />;
  return format === undefined ? <CircleHelp {...look} className="muted" /> : <CircleCheck {...look} className="ok" />;
}

function Zone({ source: { name, zone }, choices, onChange }: Pick<RowProps, 'source' | 'choices' | 'onChange'>) {
  if (zone !== 'missing') return <span className="faint">{zone === 'told' ? 'stated' : '–'}</span>;
  const value = Object.hasOwn(choices.zones, name) ? (choices.zones[name] ?? '') : '';
  const usual = choices.zone.trim() === '' ? 'UTC' : choices.zone.trim();
  return (
    <input
      className="field intake-zone"
      list="zones"
      aria-label={`Zone of ${name}`}
      aria-invalid={!isZone(value)}
      placeholder={`none: ${usual}`}
      spellCheck={false}
      value={value}
      onChange={(event) => {
        onChange({ zones: { ...choices.zones, [name]: event.target.value } });
      }}
    />
  );
}
