import './call-detail.css';
import { ListTree, X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import type { CallDetail as Detail, CredentialDetail } from '#shared/contract/rows.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';
import { CallFacts, Fact } from './call-facts.tsx';
import { CallMessage } from './call-message.tsx';
import { CallTiming } from './call-timing.tsx';
import { CopyButton } from '../copy-button.tsx';
import { EdgeLineMark } from '../edge/edge-line.tsx';
import { EDGE_WORDS } from '../edge/edge-words.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount, formatDuration, formatPlural } from '../format.ts';
import { JwtView } from './jwt-view.tsx';
import { AnswerText } from '../answer-text.tsx';
import { MiddleText } from '../middle-text.tsx';
import { TimeText } from '../numbers.tsx';
import { RecordText } from './record-text.tsx';
import type { OnClause } from './value-tools.tsx';

interface CallDetailProps {
  readonly detail: Detail;
  readonly onClause: OnClause;
  readonly onClose?: (() => void) | undefined;
  readonly onChain?: ((chain: string, call: string) => void) | undefined;
  readonly onCall?: ((ref: string) => void) | undefined;
  readonly onFinding?: ((id: string) => void) | undefined;
  /** What must be known before anything of the call is read. */
  readonly notice?: string | undefined;
  /** Buttons in the head, before those for the chain and for closing. */
  readonly tools?: ReactNode;
  /** What the analyst put on the call: tags and notes. */
  readonly review?: ReactNode;
}

const TABS = ['Overview', 'Request', 'Response', 'Timing', 'Credential', 'Chain', 'Raw'] as const;
type Tab = (typeof TABS)[number];
const isTab = (text: string): text is Tab => TABS.some((tab) => tab === text);

/** Everything that the case holds about one call, in tabs; the tab stays when the call changes. */
export function CallDetail({ detail, onClause, onClose, onChain, onCall, onFinding, notice, tools, review }: CallDetailProps) {
  const [tab, setTab] = useState<Tab>('Overview');
  const { call, credential } = detail;
  const links = detail.edgesIn.length + detail.edgesOut.length;
  const counts: Partial<Record<Tab, number>> = { Chain: links };
  const bodies: Readonly<Record<Tab, ReactNode>> = {
    Overview: <CallFacts detail={detail} onClause={onClause} onFinding={onFinding} review={review} />,
    Request: (
      <CallMessage side="request" headers={detail.requestHeaders} body={detail.requestBody} query={call.query} onClause={onClause} />
    ),
    Response: <CallMessage side="response" headers={detail.responseHeaders} body={detail.responseBody} onClause={onClause} />,
    Timing: <CallTiming detail={detail} />,
    Credential:
      credential === undefined ? (
        <p className="muted">This call came without a credential, or its source does not record one.</p>
      ) : (
        <CredentialFacts credential={credential} usedAt={call.time} onClause={onClause} />
      ),
    Chain: <ChainLinks detail={detail} onCall={onCall} />,
    Raw: <RawRecord detail={detail} />,
  };
  return (
    <section className="detail" aria-label={`Call ${call.ref}`}>
      <div className="detail-head">
        <h2 className="detail-title">
          <span className="mono">{call.method ?? ''}</span>
          <MiddleText text={`${call.host ?? ''}${call.path ?? ''}`} mono tail={24} />
          <AnswerText call={call} />
        </h2>
        {tools}
        {call.chain === undefined || onChain === undefined ? null : (
          <button
            type="button"
            className="icon-button"
            aria-label="Show the chain"
            title="Show the chain"
            onClick={() => {
              onChain(call.chain ?? '', call.ref);
            }}
          >
            <ListTree size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
        )}
        {onClose === undefined ? null : (
          <button type="button" className="icon-button" aria-label="Close the details" title="Close" onClick={onClose}>
            <X size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
        )}
      </div>
      {notice === undefined ? null : (
        <p className="detail-notice" role="status">
          {notice}
        </p>
      )}
      <Tabs.Root
        className="detail"
        value={tab}
        onValueChange={(value) => {
          if (isTab(value)) setTab(value);
        }}
      >
        <Tabs.List className="tabs-list" aria-label="Parts of the call">
          {TABS.map((name) => (
            <Tabs.Trigger key={name} value={name} className="tabs-trigger">
              {name}
              {counts[name] === undefined || counts[name] === 0 ? null : <span className="faint"> {formatCount(counts[name])}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content key={tab} value={tab} className="detail-body">
          {bodies[tab]}
        </Tabs.Content>
      </Tabs.Root>
    </section>
  );
}

function CredentialFacts({
  credential,
  usedAt,
  onClause,
}: {
  readonly credential: CredentialDetail;
  readonly usedAt: string | undefined;
  readonly onClause: OnClause;
}) {
  return (
    <div className="facts-two">
      <section className="detail-section" aria-label="Credential">
        <dl className="facts">
          <Fact label="Credential" field="credential" value={credential.id} onClause={onClause} />
          <Fact label="Kind" value={credential.kind} onClause={onClause} />
          <Fact label="Masked" value={credential.masked} onClause={onClause} />
          <Fact label="Fingerprint" value={credential.fingerprint.slice(0, 16)} onClause={onClause} />
          {credential.lifetimeSeconds === undefined ? null : (
            <Fact label="Lifetime" value={formatDuration(credential.lifetimeSeconds * 1000)} onClause={onClause}>
              {formatDuration(credential.lifetimeSeconds * 1000)}
            </Fact>
          )}
          {credential.firstUse === undefined ? null : (
            <Fact label="First use" value={credential.firstUse} onClause={onClause}>
              <TimeText time={credential.firstUse} />
            </Fact>
          )}
          {credential.lastUse === undefined ? null : (
            <Fact label="Last use" value={credential.lastUse} onClause={onClause}>
              <TimeText time={credential.lastUse} />
            </Fact>
          )}
          <Fact label="Used from" value={credential.contexts} onClause={onClause}>
            {formatPlural(credential.contexts, 'combination')} of address and client
          </Fact>
          {credential.scopes.length === 0 ? null : (
            <Fact label="Scopes" value={credential.scopes.join(' ')} onClause={onClause}>
              <span className="mono fact-wrap">
                <EvidenceText text={credential.scopes.join(' ')} />
              </span>
            </Fact>
          )}
        </dl>
        {credential.issues.length === 0 ? null : (
          <ul className="credential-issues">
            {credential.issues.map((issue) => (
              <li key={issue}>
                <EvidenceText text={issue} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {credential.jwt === undefined ? null : <JwtView header={credential.jwt.header} claims={credential.jwt.claims} usedAt={usedAt} />}
    </div>
  );
}

function ChainLinks({ detail, onCall }: { readonly detail: Detail; readonly onCall: ((ref: string) => void) | undefined }) {
  const { edgesIn, edgesOut } = detail;
  if (edgesIn.length + edgesOut.length === 0)
    return (
      <p className="muted">
        No other call could be linked to this one: no shared trace, no value that went from one to the other, no redirect.
      </p>
    );
  return (
    <>
      {edgesIn.length === 0 ? null : <EdgeList title="Caused by" edges={edgesIn} refOf={(edge) => edge.from} onCall={onCall} />}
      {edgesOut.length === 0 ? null : <EdgeList title="Led to" edges={edgesOut} refOf={(edge) => edge.to} onCall={onCall} />}
    </>
  );
}

function EdgeList({
  title,
  edges,
  refOf,
  onCall,
}: {
  readonly title: string;
  readonly edges: readonly EdgeJson[];
  readonly refOf: (edge: EdgeJson) => string;
  readonly onCall: ((ref: string) => void) | undefined;
}) {
  return (
    <section className="detail-section" aria-label={title}>
      <h3>{title}</h3>
      <ul className="edge-list">
        {edges.map((edge) => (
          <li key={`${edge.from} ${edge.to} ${edge.kind}`}>
            <EdgeLineMark kind={edge.kind} />
            <span>
              {EDGE_WORDS[edge.kind]} <span className="faint number">{Math.round(edge.confidence * 100)} %</span>
            </span>
            {onCall === undefined ? (
              <MiddleText text={refOf(edge)} mono />
            ) : (
              <button
                type="button"
                className="link"
                onClick={() => {
                  onCall(refOf(edge));
                }}
              >
                <MiddleText text={refOf(edge)} mono />
              </button>
            )}
            <span className="muted">
              <MiddleText text={edge.why} tail={20} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RawRecord({ detail }: { readonly detail: Detail }) {
  return (
    <section className="detail-section" aria-label="The record">
      <h3>
        The record as stored, secrets masked
        <CopyButton text={detail.raw} label="Copy the masked record" />
      </h3>
      <RecordText text={detail.raw} label="The masked record" />
    </section>
  );
}
