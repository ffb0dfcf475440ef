import './common-time.css';
import { ClockArrowUp } from 'lucide-react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { commonTime, movedWords, type Stamped } from '#shared/model/common-time.ts';
import { TimeText } from './numbers.tsx';

type StampedCall = Stamped & { readonly ref: string };

/** What was done to the clock of a call, and what its record says. */
const clockSentence = (call: StampedCall): string | undefined => {
  const moved = movedWords(call);
  return moved === undefined ? undefined : toVisibleText(`${moved}: the record says ${call.time ?? 'no time'}`);
};

/** The time of a call on the clock of its chain; one whose clock was moved is marked, its tooltip has the stamp. */
export function CommonTime({ call }: { readonly call: StampedCall }) {
  return (
    <span className="common-time">
      <TimeText time={commonTime(call)} />
      <ClockMark call={call} />
    </span>
  );
}

/** Stands beside a call whose clock was moved. */
export function ClockMark({ call }: { readonly call: StampedCall }) {
  const words = clockSentence(call);
  return words === undefined ? null : (
    <span className="clock-mark" role="img" aria-label={words} title={words}>
      <ClockArrowUp size={12} strokeWidth={1.5} aria-hidden="true" />
    </span>
  );
}
