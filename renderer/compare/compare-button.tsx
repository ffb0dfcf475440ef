import { addToTray, layAndCompare, useTray, type TrayItem } from '../state/compare-tray.ts';
import { Button } from '../widgets/button.tsx';

interface CompareButtonProps {
  readonly item: TrayItem;
  readonly label?: string;
}

/** Lays something into the compare tray; where something else is chosen there already, both are shown side by side at once. */
export function CompareButton({ item, label = 'Compare…' }: CompareButtonProps) {
  const others = useTray(({ items }) => items.filter(({ query }) => query !== item.query).length);
  return (
    <Button
      title={
        others === 0 ? 'Lay it into the compare tray; then choose what to compare it with' : 'Compare it with what was laid aside last'
      }
      onClick={() => {
        if (others === 0) addToTray(item);
        else layAndCompare(item);
      }}
    >
      {label}
    </Button>
  );
}
