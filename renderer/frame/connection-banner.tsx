import { Unplug } from 'lucide-react';
import { useSession } from '../state/session.ts';

/** Says that the engine is gone, and whether it is tried again. */
export function ConnectionBanner() {
  const connection = useSession((state) => state.connection);
  if (connection.kind !== 'lost') return null;
  return (
    <div className="banner" role="alert">
      <Unplug size={16} strokeWidth={1.5} aria-hidden="true" />
      <p>
        Not connected to the engine: {connection.why}.{' '}
        <span className="muted">
          {connection.retrying ? 'Trying again; what is on the screen is from before.' : 'Open the link again, or restart Spoor.'}
        </span>
      </p>
    </div>
  );
}
