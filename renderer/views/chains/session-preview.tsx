import type { ChainSizes, SessionPreview } from '#shared/contract/chains.ts';
import { SIZE_CLASSES } from '#shared/model/chain-sizes.ts';
import { sessionKeyId, type SessionKey } from '#shared/model/session-key.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount, formatPlural, formatShare } from '../../widgets/format.ts';

interface PreviewProps {
  readonly keys: readonly SessionKey[];
  readonly preview: SessionPreview;
  readonly stale: boolean;
}

/** What keys would make of the chains, before anything is kept: who carries them, how many chains, how large. */
export function SessionPreviewTable({ keys, preview, stale }: PreviewProps) {
  const { calls, carried, before, after, split, joined } = preview;
  return (
    <div className={stale ? 'stale' : undefined}>
      <p role="status">
        {keys.length === 0 ? 'No call is asked for a key.' : `${formatPlural(carried, 'call')} of ${formatCount(calls)} carry a key.`}{' '}
        {formatPlural(split, 'chain')} would come apart, {formatCount(joined)} would be made of several.
      </p>
      {keys.length === 0 ? null : <KeyTable keys={keys} preview={preview} />}
      <SizeTable before={before} after={after} />
    </div>
  );
}

function KeyTable({ keys, preview }: Omit<PreviewProps, 'stale'>) {
  return (
    <table className="table">
      <caption className="visually-hidden">What each key finds</caption>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col" className="end number">
            Calls that carry it
          </th>
          <th scope="col" className="end number">
            Decided by it
          </th>
          <th scope="col" className="end number">
            Values
          </th>
          <th scope="col" className="end number">
            Most calls of one
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key, at) => {
          const use = preview.keys[at];
          if (use === undefined) return null;
          return (
            <tr key={sessionKeyId(key)}>
              <th scope="row" className="mono">
                <EvidenceText text={key.name} />
              </th>
              <td className="end number">
                {formatCount(use.carried)} ({formatShare(use.carried, preview.calls)})
              </td>
              <td className="end number">{formatCount(use.decides)}</td>
              <td className="end number">{formatCount(use.values)}</td>
              <td className="end number">{formatCount(use.largest)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const className = (at: number): string => {
  const [least = 0, next] = [SIZE_CLASSES[at], SIZE_CLASSES[at + 1]];
  if (next === undefined) return `${formatCount(least)} calls and more`;
  return next - 1 === least ? `${formatCount(least)} calls` : `${formatCount(least)} to ${formatCount(next - 1)} calls`;
};

function SizeTable({ before, after }: { readonly before: ChainSizes; readonly after: ChainSizes }) {
  const rows: readonly (readonly [string, number, number])[] = [
    ['Chains', before.chains, after.chains],
    ['Calls in chains', before.calls, after.calls],
    ['Calls of the middle chain', before.medianCalls, after.medianCalls],
    ['Calls of the largest', before.largest, after.largest],
    ...SIZE_CLASSES.map((_, at) => [`Chains of ${className(at)}`, before.sizes[at] ?? 0, after.sizes[at] ?? 0] as const),
  ];
  return (
    <table className="table">
      <caption className="visually-hidden">Chains before and after</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col" className="end number">
            Now
          </th>
          <th scope="col" className="end number">
            With these keys
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([what, now, then]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td className="end number">{formatCount(now)}</td>
            <td className="end number">{formatCount(then)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
