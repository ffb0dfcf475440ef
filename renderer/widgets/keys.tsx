import { Fragment } from 'react';
import { keyCaps, onMac, parseKeys } from './key-steps.ts';

/** A key or a sequence of two as caps: `Ctrl K`, `Y then C`. Text that is no key is shown as it is. */
export function Keys({ keys }: { readonly keys: string }) {
  const steps = parseKeys(keys);
  const isMac = onMac();
  return (
    <span className="keys">
      {steps === undefined ? (
        <kbd>{keys}</kbd>
      ) : (
        steps.map((step, index) => (
          // Steps have no names of their own, and their order never changes.
          <Fragment key={index}>
            {index === 0 ? null : <span className="muted">then</span>}
            <kbd>{keyCaps(step, isMac).join(' ')}</kbd>
          </Fragment>
        ))
      )}
    </span>
  );
}
