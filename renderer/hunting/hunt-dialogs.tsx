import './hunting.css';
import { showHuntDialog, useHuntDialog } from '../state/hunt-dialog.ts';
import { DetectorDialog } from './detector-dialog.tsx';
import { SimilarDialog } from './similar-dialog.tsx';
import { SuppressDialog } from './suppress-dialog.tsx';

const close = (): void => {
  showHuntDialog(undefined);
};

/** The dialogs with which the analyst hunts; drawn by the frame, opened from any screen. */
export function HuntDialogs() {
  const open = useHuntDialog((state) => state.open);
  if (open === undefined) return null;
  switch (open.kind) {
    case 'similar':
      return <SimilarDialog to={open.to} onClose={close} />;
    case 'detector':
      return <DetectorDialog query={open.query} saved={open.saved} onClose={close} />;
    case 'suppress':
      return <SuppressDialog scope={open.scope} onClose={close} />;
  }
}
