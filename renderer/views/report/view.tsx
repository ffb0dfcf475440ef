import './view.css';
import { useState } from 'react';
import type { Profile } from '#shared/contract/profile.ts';
import type { ReportState } from '#shared/contract/report-settings.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { useReadOnly } from '../../state/read-only.ts';
import { useSession } from '../../state/session.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { CheckList } from './check-list.tsx';
import { CoverForm } from './cover-form.tsx';
import { ExportCard } from './export-card.tsx';
import { ProfileChoice } from './profile-choice.tsx';
import { SectionChoice } from './section-choice.tsx';
import { SignOffPart } from './sign-off.tsx';
import { useReportState, type ReportEditor } from './use-report-state.ts';

const PDF = { format: 'pdf', title: 'PDF', holds: 'Pages to sign, print and hand over' };
const HTML = { format: 'html', title: 'HTML', holds: 'One file for any browser, offline' };

/** Report: what will be handed over, as it will look, and the ways to take it out. */
export function ReportView() {
  const info = useEngineQuery('case.info', {});
  return (
    <div className="view">
      <Answer query={info} what="the case">
        {(data) =>
          data.sources === 0 ? (
            <EmptyState
              title="Nothing to report yet"
              actions={
                <GoLink to={{ view: 'start' }} className="button">
                  Add evidence
                </GoLink>
              }
            >
              A report is written from the evidence of the case, and this case has none.
            </EmptyState>
          ) : (
            <Filled />
          )
        }
      </Answer>
    </div>
  );
}

function Filled() {
  const [profile, setProfile] = useState<Profile>('internal');
  const { state, ...editor } = useReportState();
  return (
    <div className="report">
      <aside className="report-side" aria-label="Choices and exports">
        <div className="report-choices" tabIndex={0} role="region" aria-label="Choices">
          <Answer query={state} what="the choices for the report" lines={6}>
            {(data) => (
              <>
                <CheckList state={data} />
                <ProfileChoice profile={profile} onChoose={setProfile} />
                <Builder state={data} {...editor} />
              </>
            )}
          </Answer>
          <OtherFiles profile={profile} />
        </div>
        <HandOver profile={profile} />
      </aside>
      <Preview profile={profile} />
    </div>
  );
}

/** The two ways that nearly everybody takes the report out, in sight whatever stands above. */
function HandOver({ profile }: { readonly profile: Profile }) {
  const pdf = useSession((state) => state.host?.pdf ?? false);
  return (
    <section className="report-hand-over" aria-label="Hand over">
      <ExportCard
        {...PDF}
        isFirst={pdf}
        profile={profile}
        unavailable={pdf ? undefined : 'No Chromium was found on this machine to print with. Export HTML and print that.'}
      />
      <ExportCard {...HTML} isFirst={!pdf} profile={profile} unavailable={undefined} />
    </section>
  );
}

/** What other programs and people take. */
function OtherFiles({ profile }: { readonly profile: Profile }) {
  const isEncrypted = useSession((state) => state.openCase?.encrypted === true);
  const formats = useEngineQuery('report.formats', {});
  return (
    <>
      <h2>Other files</h2>
      <p className="muted">
        Same case and version, same bytes, each time. Secrets are masked in all of them, and every file is searched for secrets before it is
        saved.
      </p>
      {isEncrypted ? (
        <p>The case is encrypted; what is exported here, a share pack too, is not: whoever has the file can read it.</p>
      ) : null}
      <Answer query={formats} what="the formats" lines={6}>
        {(rows) =>
          rows
            .filter(({ format }) => format !== HTML.format)
            .map(({ format, title, holds }) => (
              <ExportCard key={format} format={format} profile={profile} title={title} holds={holds} unavailable={undefined} />
            ))
        }
      </Answer>
    </>
  );
}

/** What the analyst chooses for the case, kept in it. */
function Builder({ state, error, choose, sign, unsign }: Omit<ReportEditor, 'state'> & { readonly state: ReportState }) {
  const readOnly = useReadOnly();
  return (
    <>
      {error === undefined ? null : <ErrorPanel error={error} title="The choice was not kept" />}
      <CoverForm settings={state.settings} readOnly={readOnly} onChoose={choose} />
      <SectionChoice state={state} readOnly={readOnly} onChoose={choose} />
      <SignOffPart state={state} readOnly={readOnly} onSign={sign} onUnsign={unsign} />
    </>
  );
}

function Preview({ profile }: { readonly profile: Profile }) {
  const preview = useEngineQuery('host.preview', { profile });
  return (
    <section className="report-preview" aria-label="Preview">
      <p className="report-paper muted">A report is white paper in every theme. This is how it is printed and handed over.</p>
      <Answer query={preview} what="the preview" lines={10}>
        {({ url }) => <iframe key={url} className="report-frame" sandbox="" src={url} title="Preview of the report" />}
      </Answer>
      {preview.stale ? <Skeleton lines={1} label="a newer preview" /> : null}
    </section>
  );
}
