import { useEffect, useState } from 'react';
import { carriesFiles, filesFromDrop } from '../host/files.ts';
import { reviewFiles } from '../host/review-files.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useSession } from '../state/session.ts';

/** Makes the whole window take files, with an overlay that says what dropping will do. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  const title = useSession((state) => state.openCase?.title);
  const busy = useSession((state) => state.importing?.kind === 'running');

  const readOnly = useReadOnly();
  const refused = readOnly !== undefined;

  useEffect(() => {
    // A dialog that takes files for itself is on top: what lands beside its place is no evidence either.
    const isTaken = (): boolean => document.querySelector('[data-takes-files]') !== null;
    // A drag enters and leaves every element it crosses; only the balance says whether it is over the window.
    let depth = 0;
    const onEnter = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return;
      // A drop right after entering an element counts as refused without this, and the browser opens the file instead.
      event.preventDefault();
      depth += 1;
      setOver(!isTaken());
    };
    const onLeave = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent): void => {
      if (carriesFiles(event.dataTransfer)) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      // Without this the browser would open the file in place of the window.
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (carriesFiles(event.dataTransfer) && !refused && !isTaken()) void filesFromDrop(event.dataTransfer).then(reviewFiles);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [refused]);

  if (!over) return null;
  return (
    <div className="drop-overlay" role="status">
      <strong>
        {refused
          ? 'This case can only be read'
          : busy
            ? 'An import is running'
            : title === undefined
              ? 'Drop to start a case'
              : 'Drop to add to this case'}
      </strong>
      <span className="muted">
        {refused
          ? 'Copy it to your cases first, or close it and drop again'
          : busy
            ? 'Wait until it is done, or cancel it first'
            : 'HAR, gateway logs, OpenAPI; folders, zip and gzip'}
      </span>
    </div>
  );
}
