import type { ComponentPropsWithRef } from 'react';

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'className' | 'disabled'> {
  /** What most people do next here; one at most in a form or a bar. */
  readonly primary?: boolean;
  /** As high as a row: beside a list, or in the head of one. */
  readonly small?: boolean;
  /** True where it does nothing now; a text says why, in place of its title. */
  readonly disabled?: boolean | string | undefined;
}

/** A button with words on it. */
export function Button({ primary = false, small = false, disabled = false, title, type = 'button', ...rest }: ButtonProps) {
  const why = typeof disabled === 'string' ? disabled : undefined;
  return (
    <button
      {...rest}
      type={type}
      className={`button${primary ? ' button-primary' : ''}${small ? ' button-small' : ''}`}
      disabled={disabled !== false}
      title={why ?? title}
    />
  );
}
