import { callItem } from '../../compare/tray-items.ts';
import { addToTray } from '../../state/compare-tray.ts';
import { goTo } from '../../state/selection.ts';
import { clearPicked, usePicked } from '../../state/picked.ts';
import { showReviewDialog } from '../../state/review-dialog.ts';
import { useReadOnly } from '../../state/read-only.ts';
import { useKeysOf } from '../../state/use-keys-of.ts';
import { useReview } from '../../query/use-review.ts';
import { Button } from '../../widgets/button.tsx';
import { CopyButton } from '../../widgets/copy-button.tsx';
import { formatPlural } from '../../widgets/format.ts';

/** What can be done with the calls that are picked; nothing while none is. */
export function PickedBar() {
  const refs = usePicked((state) => state.refs);
  const { change } = useReview();
  const readOnly = useReadOnly();
  const keysOf = useKeysOf();
  const [first, second] = refs;
  if (first === undefined) return null;
  const writes: readonly (readonly [label: string, write: () => void])[] = [
    [
      'Tag…',
      () => {
        showReviewDialog({ kind: 'tag', refs });
      },
    ],
    ['Star', () => void change({ kind: 'star', refs, on: true })],
    ['Mark', () => void change({ kind: 'mark', refs, on: true })],
  ];
  return (
    <div className="picked-bar" role="region" aria-label="Picked calls">
      <strong role="status">{formatPlural(refs.length, 'call')} picked</strong>
      <Button
        disabled={refs.length === 2 ? undefined : 'Pick two calls to compare them'}
        title={keysOf('compare-calls')}
        onClick={() => {
          goTo({ call: first, with: second });
        }}
      >
        Compare
      </Button>
      <Button
        title="Lay them into the compare tray, to be held against other calls, chains or principals"
        onClick={() => {
          for (const ref of refs) addToTray(callItem(ref));
        }}
      >
        Into the tray
      </Button>
      {writes.map(([label, write]) => (
        <Button key={label} disabled={readOnly} onClick={write}>
          {label}
        </Button>
      ))}
      <CopyButton text={refs.join('\n')} label="Copy the references" />
      <button type="button" className="link" onClick={clearPicked}>
        Pick none
      </button>
    </div>
  );
}
