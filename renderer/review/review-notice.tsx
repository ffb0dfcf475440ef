import { X } from 'lucide-react';
import { useReview } from '../query/use-review.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { IconButton } from '../widgets/icon-button.tsx';

/** Says why a tag, a note or a view was not kept. */
export function ReviewNotice() {
  const { error, clearError } = useReview();
  if (error === undefined) return null;
  return (
    <div className="banner" role="alert">
      <p>
        Your change was not kept: <EvidenceText text={error.message} />
      </p>
      <IconButton icon={X} label="Close" onClick={clearError} />
    </div>
  );
}
