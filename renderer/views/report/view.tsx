import './view.css';
import { useState } from 'react';
import type { Profile } from '#shared/contract/profile.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { useReadOnly } from '../../state/read-only.ts';
import { useSession } from '../../state/session.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { CoverForm } from './cover-form.tsx';
import { ExportCard } from './export-card.tsx';
import { ProfileChoice } from './profile-choice.tsx';
import { SectionChoice } from './section-choice.tsx';
import { SignOffPart } from './sign-off.tsx';
import { useReportState } from './use-report-state.ts';

const PDF = { format: 'pdf', title: 'PDF', holds: 'The report on A4 pages, tagged and with bookmarks: to sign, print and hand over.' };

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
  const pdf = useSession((state) => state.host?.pdf ?? false);
  const isEncrypted = useSession((state) => state.openCase?.encrypted === true);
  const formats = useEngineQuery('report.formats', {});
  const [profile, setProfile] = useState<Profile>('internal');
  return (
    <div className="report">
      <aside className="report-side" aria-label="Exports" tabIndex={0}>
        <h2>Choices</h2>
        <ProfileChoice profile={profile} onChoose={setProfile} />
        <Builder />
        <h2>Export</h2>
        <p className="muted">
          Same case and version, same bytes, each time. Secrets are masked in all of them, and every file is searched for secrets before it
          is saved.
        </p>
        {isEncrypted ? (
          <p>The case is encrypted; what is exported here, a share pack too, is not: whoever has the file can read it.</p>
        ) : null}
        <ExportCard
          {...PDF}
          profile={profile}
          unavailable={pdf ? undefined : 'No Chromium was found on this machine to print with. Export HTML and print that.'}
        />
        <Answer query={formats} what="the formats" lines={6}>
          {(rows) =>
            rows.map(({ format, title, holds }) => (
              <ExportCard key={format} format={format} profile={profile} title={title} holds={holds} unavailable={undefined} />
            ))
          }
        </Answer>
      </aside>
      <Preview profile={profile} />
    </div>
  );
}

/** What the analyst chooses for the case, kept in it. */
function Builder() {
  const { state, error, choose, sign, unsign } = useReportState();
  const readOnly = useReadOnly();
  return (
    <Answer query={state} what="the choices for the report" lines={6}>
      {(data) => (
        <>
          {error === undefined ? null : <ErrorPanel error={error} title="The choice was not kept" />}
          <CoverForm settings={data.settings} readOnly={readOnly} onChoose={choose} />
          <SectionChoice state={data} readOnly={readOnly} onChoose={choose} />
          <SignOffPart state={data} readOnly={readOnly} onSign={sign} onUnsign={unsign} />
        </>
      )}
    </Answer>
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
