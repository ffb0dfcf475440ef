import './intake.css';
import { useEffect, useRef, useState } from 'react';
import type { RaisedLimits, ReviewedSource } from '#shared/contract/intake-review.ts';
import { discardReview, importReviewed, reviewAgain, reviewAsNewCase } from '../host/review-files.ts';
import { useIntake, type Intake } from '../state/intake.ts';
import { useSession } from '../state/session.ts';
import { Button } from '../widgets/button.tsx';
import { ErrorPanel } from '../widgets/error-panel.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatBytes, formatCount, formatPlural } from '../widgets/format.ts';
import { Keys } from '../widgets/keys.tsx';
import { Modal } from '../widgets/modal.tsx';
import { ProgressBar } from '../widgets/progress-bar.tsx';
import { RecordPreview } from '../widgets/call/record-preview.tsx';
import { ZoneField } from '../widgets/zone-field.tsx';
import { amountOf, firstChoices, reachedLimits, toOrder, whyNot, type Choices } from './choices.ts';
import { NewCaseFields } from './new-case-fields.tsx';
import { RefusedList } from './refused-list.tsx';
import { SourceTable } from './source-table.tsx';

/** What dropped or chosen files would bring into a case, before anything is written; Enter imports, Escape leaves nothing. */
export function IntakeDialog() {
  const intake = useIntake((state) => state.intake);
  const title = useSession((state) => state.openCase?.title);
  // Raised limits outlive the look that they ask for; the next files begin with none.
  const [limits, setLimits] = useState<RaisedLimits | undefined>(undefined);
  if (intake === undefined) return null;
  const close = (): void => {
    setLimits(undefined);
    discardReview().catch(() => undefined); // the spool is emptied when the host ends; a lost connection is shown by the frame
  };
  return (
    <Modal
      wide
      title={
        title === undefined ? (
          <>
            New case from <Named names={intake.names} />
          </>
        ) : (
          <>
            Add <Named names={intake.names} /> to <EvidenceText text={title} />
          </>
        )
      }
      about="Nothing is written until you import. The files stay as they are; secrets in them are masked as they are read."
      onClose={close}
    >
      {intake.kind === 'looking' ? <Looking intake={intake} onCancel={close} /> : null}
      {intake.kind === 'failed' ? <ErrorPanel error={intake.error} title="The files could not be looked at" /> : null}
      {intake.kind === 'ready' ? (
        <Review
          intake={intake}
          limits={limits}
          onCancel={close}
          {...(title === undefined
            ? {}
            : {
                onNewCase: () => {
                  setLimits(undefined);
                  void reviewAsNewCase();
                },
              })}
          onRaise={(raised) => {
            setLimits(raised);
            void reviewAgain(raised);
          }}
          onImport={(choices) => {
            setLimits(undefined);
            void importReviewed(toOrder(intake.review, choices, limits));
          }}
        />
      ) : null}
    </Modal>
  );
}

const Named = ({ names }: { readonly names: readonly string[] }) =>
  names.length === 1 ? <EvidenceText text={names[0] ?? ''} /> : formatPlural(names.length, 'file');

function Looking({
  intake: { progress },
  onCancel,
}: {
  readonly intake: Extract<Intake, { kind: 'looking' }>;
  readonly onCancel: () => void;
}) {
  const step = progress?.step ?? 'Looking at the files';
  const amount = progress?.unit === 'bytes' ? formatBytes : formatCount;
  return (
    // An Enter that comes too early must press nothing: the focus rests on the whole.
    <div className="intake-looking" tabIndex={-1} data-first>
      <ProgressBar label={step} done={progress?.done ?? 0} total={progress?.total} />
      <p className="muted" role="status">
        {step}
        {progress?.total === undefined ? '' : `: ${amount(progress.done)} of ${amount(progress.total)}`}
      </p>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

interface ReviewProps {
  readonly intake: Extract<Intake, { kind: 'ready' }>;
  readonly limits: RaisedLimits | undefined;
  readonly onRaise: (limits: RaisedLimits) => void;
  readonly onCancel: () => void;
  /** Takes the files out of the open case's way; left out where they begin a case anyhow. */
  readonly onNewCase?: () => void;
  readonly onImport: (choices: Choices) => void;
}

function Review({ intake: { review }, limits, onRaise, onCancel, onNewCase, onImport }: ReviewProps) {
  const [choices, setChoices] = useState(() => firstChoices(review));
  const [shown, setShown] = useState<string | undefined>(undefined);
  const change = (to: Partial<Choices>): void => {
    setChoices({ ...choices, ...to });
  };
  const submit = useRef<HTMLButtonElement>(null);
  // It came after the dialog: Enter imports at once.
  useEffect(() => {
    submit.current?.focus();
  }, []);
  const refusal = whyNot(review, choices);
  const { count, bytes } = amountOf(review.sources, choices.leftOut);
  const zoneless = review.sources.filter(({ zone }) => zone === 'missing').length;
  const preview = review.sources.find(({ name }) => name === shown);
  return (
    <form
      className="intake"
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal === undefined) onImport(choices);
      }}
    >
      {review.newTitle === undefined && zoneless === 0 ? null : (
        <div className="intake-head">
          {review.newTitle === undefined ? null : <NewCaseFields choices={choices} onChange={change} />}
          {zoneless === 0 ? null : (
            <ZoneField
              value={choices.zone}
              onChange={(zone) => {
                change({ zone });
              }}
            />
          )}
        </div>
      )}
      <p className="intake-sum" role="status">
        {summaryOf(review)}
      </p>
      {review.sources.length === 0 ? null : (
        <SourceTable sources={troubleFirst(review.sources)} choices={choices} onChange={change} shown={shown} onShow={setShown} />
      )}
      {preview === undefined ? null : (
        <section className="intake-preview" aria-label="Preview of a source">
          <h3>
            First records of <EvidenceText text={preview.name} />
          </h3>
          <p className="muted">
            <EvidenceText text={preview.why} />
          </p>
          <RecordPreview inspected={preview} stale={false} />
        </section>
      )}
      <RefusedList review={review} limits={limits} reached={reachedLimits(review)} onRaise={onRaise} />
      <div className="dialog-foot">
        {refusal === undefined ? null : <span className="muted">{refusal}.</span>}
        {onNewCase === undefined ? null : <Button onClick={onNewCase}>As a new case instead</Button>}
        <Button onClick={onCancel}>
          Cancel <Keys keys="esc" />
        </Button>
        <Button type="submit" primary ref={submit} disabled={refusal !== undefined}>
          Import {formatPlural(count + review.unseen, 'source')}
          {bytes === 0 ? '' : `, ${formatBytes(bytes)}`} <Keys keys="enter" />
        </Button>
      </div>
    </form>
  );
}

/** Sources that need a look before the import stand where they are seen without scrolling. */
function troubleFirst(sources: readonly ReviewedSource[]): readonly ReviewedSource[] {
  const rankOf = ({ problem, format, zone }: ReviewedSource): number =>
    problem !== undefined ? 0 : format === undefined ? 1 : zone === 'missing' ? 2 : 3;
  return sources.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What stands out, in one line. */
function summaryOf({ sources, refused, unseen }: Extract<Intake, { kind: 'ready' }>['review']): string {
  const unknown = sources.filter(({ format }) => format === undefined).length;
  const broken = sources.filter(({ problem }) => problem !== undefined).length;
  const again = sources.filter(({ sameAs }) => sameAs !== undefined).length;
  const zoneless = sources.filter(({ zone }) => zone === 'missing').length;
  return [
    `${formatPlural(sources.length, 'source')} looked at`,
    ...(unseen === 0 ? [] : [`${formatCount(unseen)} more are recognised as they are read`]),
    unknown === 0 ? 'all recognised' : `${formatCount(unknown)} not recognised`,
    ...(broken === 0 ? [] : [`${formatCount(broken)} that cannot be read to the end`]),
    ...(again === 0 ? [] : [`${formatCount(again)} with the same bytes as another`]),
    ...(zoneless === 0 ? [] : [`${formatCount(zoneless)} with times that name no zone`]),
    ...(refused.length === 0 ? [] : [`${formatCount(refused.length)} that cannot be taken`]),
  ].join(' · ');
}
