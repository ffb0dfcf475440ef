import type { LucideIcon } from 'lucide-react';

interface IconButtonProps {
  readonly icon: LucideIcon;
  /** What it does, for those who cannot see the icon; also its tooltip, unless `title` says more. */
  readonly label: string;
  readonly title?: string | undefined;
  /** Why it does nothing now. */
  readonly disabled?: string | undefined;
  /** Makes it a switch. */
  readonly pressed?: boolean;
  /** Units: CSS px. */
  readonly size?: 12 | 14 | 16;
  readonly className?: string;
  readonly onClick: () => void;
}

/** A button that is only an icon. */
export function IconButton({ icon: Icon, label, title, disabled, pressed, size = 16, className, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className={className === undefined ? 'icon-button' : `icon-button ${className}`}
      aria-label={label}
      aria-pressed={pressed}
      title={disabled ?? title ?? label}
      disabled={disabled !== undefined}
      onClick={onClick}
    >
      <Icon size={size} strokeWidth={1.5} aria-hidden="true" />
    </button>
  );
}
