import { X } from 'lucide-react';
import { useReview } from '../query/use-review.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';

/** Says why a tag, a note or a view was not kept. */
export function ReviewNotice() {
  const { error, clearError } = useReview();
  if (error === undefined) return null;
  return (
    <div className="banner" role="alert">
      <p>
        Your change was not kept: <EvidenceText text={error.message} />
      </p>
      <button type="button" className="icon-button" aria-label="Close" onClick={clearError}>
        <X size={16} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </div>
  );
}
