import { useState } from 'react';
import type { Span } from '#shared/contract/report-json.ts';
import type { RecentCase } from '#shared/contract/table.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { goTo } from '../../state/selection.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../widgets/button.tsx';
import { parseMomentText, printChoice, printMomentText, toWindow, type CompareChoice, type TimeWindow } from './compare-choice.ts';

/** Units: µs. */
const MINUTE = 60_000_000;

/** The two halves of the case's time, to the minute: a start where nothing was chosen. */
function halvesOf(window: Span | undefined): readonly [TimeWindow, TimeWindow] {
  const [from, last] = [parseMomentText(window?.[0] ?? '') ?? 0, parseMomentText(window?.[1] ?? '') ?? 0];
  const start = Math.floor(from / MINUTE) * MINUTE;
  const end = (Math.floor(last / MINUTE) + 1) * MINUTE;
  const middle = start + Math.round((end - start) / 2 / MINUTE) * MINUTE;
  return [
    { from: start, to: middle },
    { from: middle, to: end },
  ];
}

interface CompareFormProps {
  readonly window: Span | undefined;
  readonly choice: CompareChoice | undefined;
}

/** Chooses what is compared: two windows of the case, or an earlier case of this machine with this one. */
export function CompareForm({ window, choice }: CompareFormProps) {
  const cases = useEngineQuery('host.cases', {});
  const open = useSession((state) => state.openCase?.id);
  const others = (cases.data ?? []).filter(({ id }) => id !== open);
  return (
    <div className="inv-compare">
      <WindowsForm window={window} choice={choice} />
      <CaseForm others={others} chosen={choice?.kind === 'case' ? choice.id : ''} />
    </div>
  );
}

function WindowsForm({ window, choice }: CompareFormProps) {
  const [before, after] = choice?.kind === 'windows' ? [choice.before, choice.after] : halvesOf(window);
  const [texts, setTexts] = useState([before.from, before.to, after.from, after.to].map(printMomentText));
  const [wasWrong, setWrong] = useState(false);
  return (
    <form
      className="inv-compare-form"
      onSubmit={(event) => {
        event.preventDefault();
        const [first, second] = [toWindow(texts[0] ?? '', texts[1] ?? ''), toWindow(texts[2] ?? '', texts[3] ?? '')];
        setWrong(first === undefined || second === undefined);
        if (first !== undefined && second !== undefined) goTo({ compare: printChoice({ kind: 'windows', before: first, after: second }) });
      }}
    >
      <fieldset>
        <legend>Two windows of this case, in UTC</legend>
        {['Earlier, from', 'to', 'Later, from', 'to'].map((label, at) => (
          <label key={at} className="field-label">
            {label}
            <input
              type="text"
              className="field"
              value={texts[at] ?? ''}
              placeholder="2026-10-01 08:00"
              maxLength={40}
              spellCheck={false}
              aria-invalid={wasWrong}
              onChange={(event) => {
                setTexts(texts.map((text, index) => (index === at ? event.target.value : text)));
              }}
            />
          </label>
        ))}
        <Button type="submit">Compare the windows</Button>
      </fieldset>
      {wasWrong ? <p role="alert">A window is two days or times, 2026-10-01 or 2026-10-01 08:00, the later one last.</p> : null}
    </form>
  );
}

function CaseForm({ others, chosen }: { readonly others: readonly RecentCase[]; readonly chosen: string }) {
  const [id, setId] = useState(chosen);
  if (others.length === 0) return <p className="muted">There is no other case on this machine to compare with.</p>;
  return (
    <form
      className="inv-compare-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== '') goTo({ compare: printChoice({ kind: 'case', id }) });
      }}
    >
      <fieldset>
        <legend>An earlier case, with this one</legend>
        <label className="field-label">
          Case
          <select
            className="field"
            value={id}
            onChange={(event) => {
              setId(event.target.value);
            }}
          >
            <option value="">Choose a case</option>
            {others.map((each) => (
              <option key={each.id} value={each.id}>
                {each.title === '' ? each.file : each.title}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" disabled={id === ''}>
          Compare the cases
        </Button>
      </fieldset>
    </form>
  );
}
