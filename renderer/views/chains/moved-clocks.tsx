import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural } from '../../widgets/format.ts';

/** Says over a picture of a chain that its times are not those of the records; every clock that was moved is in the tooltip. */
export function MovedClocks({ moved }: { readonly moved: readonly string[] }) {
  const [only] = moved;
  if (only === undefined) return null;
  return (
    <span className="muted" title={`${moved.map(toVisibleText).join('\n')}\nThe records keep the times that they were stamped with.`}>
      On a common clock: {moved.length === 1 ? <EvidenceText text={only} /> : `${formatPlural(moved.length, 'clock')} moved`}
    </span>
  );
}
