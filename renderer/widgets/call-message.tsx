import { useMemo } from 'react';
import type { BodyRow, HeaderRow } from '#shared/contract/rows.ts';
import { CopyButton } from './copy-button.tsx';
import { EvidenceText } from './evidence-text.tsx';
import { formatCount } from './format.ts';
import { indentJson } from './indent-json.ts';
import { ByteCount } from './numbers.tsx';
import { RecordText } from './record-text.tsx';

interface CallMessageProps {
  readonly side: 'request' | 'response';
  readonly headers: readonly HeaderRow[];
  readonly body: BodyRow | undefined;
}

/** One side of a call: headers and body as captured, secrets masked; what is absent is said to be absent. */
export function CallMessage({ side, headers, body }: CallMessageProps) {
  return (
    <div className="facts-two">
      <section className="detail-section" aria-label={`Headers of the ${side}`}>
        <h3>Headers{headers.length === 0 ? '' : ` (${formatCount(headers.length)})`}</h3>
        {headers.length === 0 ? (
          <p className="muted">This source records no {side} headers for this call.</p>
        ) : (
          <dl className="facts">
            {headers.map((header, index) => (
              <div key={index} className="header-row">
                <dt className="mono">
                  <EvidenceText text={header.name} />
                </dt>
                <dd className="mono fact-wrap">
                  <EvidenceText text={header.value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <Body side={side} body={body} />
    </div>
  );
}

function Body({ side, body }: { readonly side: 'request' | 'response'; readonly body: BodyRow | undefined }) {
  const text = body?.text;
  const pretty = useMemo(() => (text === undefined ? undefined : indentJson(text)), [text]);
  return (
    <section className="detail-section" aria-label={`Body of the ${side}`}>
      <h3>
        Body
        {body?.mime === undefined ? null : (
          <span className="mono">
            <EvidenceText text={body.mime} />
          </span>
        )}
        {body?.bytes === undefined ? null : <ByteCount value={body.bytes} />}
        {text === undefined ? null : <CopyButton text={text} label={`Copy ${side} body`} />}
      </h3>
      {body?.note === undefined ? null : (
        <p className="muted">
          <EvidenceText text={body.note} />
        </p>
      )}
      {pretty === undefined ? (
        body?.note === undefined ? (
          <p className="muted">The evidence holds no {side} body for this call.</p>
        ) : null
      ) : (
        <RecordText text={pretty} label={`Body of the ${side}`} />
      )}
    </section>
  );
}
