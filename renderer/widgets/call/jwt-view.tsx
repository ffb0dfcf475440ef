import './jwt-view.css';
import type { Json, JsonObject } from '#shared/lib/json.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { claimInWords, type ClaimWords } from './jwt-words.ts';

interface JwtViewProps {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** When the token was used: claims are judged at that moment, not today. */
  readonly usedAt: string | undefined;
}

/** A decoded token: header and claims as the evidence has them, times and well-known claims also in words. */
export function JwtView({ header, claims, usedAt }: JwtViewProps) {
  return (
    <div className="jwt">
      <ClaimList title="Header" claims={header} usedAt={usedAt} />
      <ClaimList title="Claims" claims={claims} usedAt={usedAt} />
      <p className="faint">The signature itself is not kept.</p>
    </div>
  );
}

function ClaimList({
  title,
  claims,
  usedAt,
}: {
  readonly title: string;
  readonly claims: JsonObject;
  readonly usedAt: string | undefined;
}) {
  const entries = Object.entries(claims);
  return (
    <section aria-label={`Token ${title.toLowerCase()}`}>
      <h3>{title}</h3>
      {entries.length === 0 ? <p className="muted">none</p> : null}
      <dl className="jwt-list">
        {entries.map(([name, value]) => (
          <Claim key={name} name={name} value={value} words={claimInWords(name, value, claims, usedAt)} />
        ))}
      </dl>
    </section>
  );
}

function Claim({ name, value, words }: { readonly name: string; readonly value: Json; readonly words: ClaimWords | undefined }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <>
      <dt className="mono">
        <EvidenceText text={name} />
      </dt>
      <dd>
        <span className="mono jwt-value">
          <EvidenceText text={text} />
        </span>
        {words === undefined ? null : <span className={words.warn ? 'jwt-words jwt-warn' : 'jwt-words muted'}>{words.text}</span>}
      </dd>
    </>
  );
}
