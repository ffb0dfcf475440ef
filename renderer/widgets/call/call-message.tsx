import { useMemo, useState, type ReactNode } from 'react';
import type { BodyRow, HeaderRow } from '#shared/contract/rows.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { listBodyFields, listFormFields, listParameters, MOST_FIELDS, type BodyField } from './body-fields.ts';
import { CopyButton } from '../copy-button.tsx';
import { DecodedText } from './decoded-text.tsx';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount } from '../format.ts';
import { indentJson } from './indent-json.ts';
import { bodyClause, headerClause } from './message-clause.ts';
import { ByteCount } from '../numbers.tsx';
import { RecordText } from './record-text.tsx';
import { ValueTools, type OnClause } from './value-tools.tsx';

type Side = 'request' | 'response';

interface CallMessageProps {
  readonly side: Side;
  readonly headers: readonly HeaderRow[];
  readonly body: BodyRow | undefined;
  /** The query string of a request. */
  readonly query?: string | undefined;
  readonly onClause: OnClause;
}

/** One side of a call: parameters, headers and body as captured, secrets masked; what is absent is said to be absent. */
export function CallMessage({ side, headers, body, query, onClause }: CallMessageProps) {
  const parameters = useMemo(() => listParameters(query ?? ''), [query]);
  return (
    <div className="facts-two">
      <div className="detail-section">
        {parameters.length === 0 ? null : (
          <NamedValues title="Query parameters" about={`Query parameters of the ${side}`} rows={parameters} />
        )}
        {headers.length === 0 ? (
          <section className="detail-section" aria-label={`Headers of the ${side}`}>
            <h3>Headers</h3>
            <p className="muted">This source records no {side} headers for this call.</p>
          </section>
        ) : (
          <NamedValues
            title="Headers"
            about={`Headers of the ${side}`}
            rows={headers}
            tools={({ name, value }) => (
              <ValueTools
                name={`${toVisibleText(name)} header`}
                clause={headerClause(side, name, value)}
                onClause={onClause}
                copy={value}
              />
            )}
          />
        )}
      </div>
      <Body side={side} body={body} onClause={onClause} />
    </div>
  );
}

interface NamedValuesProps {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly HeaderRow[];
  readonly tools?: (row: HeaderRow) => ReactNode;
}

function NamedValues({ title, about, rows, tools }: NamedValuesProps) {
  return (
    <section className="detail-section" aria-label={about}>
      <h3>
        {title} ({formatCount(rows.length)})
      </h3>
      <dl className="facts">
        {rows.map((row, index) => (
          <div key={index} className="header-row">
            <dt className="mono">
              <EvidenceText text={row.name} />
            </dt>
            <dd className="header-value">
              <DecodedText text={row.value} />
              {tools?.(row)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface BodyProps {
  readonly side: Side;
  readonly body: BodyRow | undefined;
  readonly onClause: OnClause;
}

function Body({ side, body, onClause }: BodyProps) {
  const text = body?.text;
  const mime = body?.mime;
  const [asFields, setAsFields] = useState(false);
  const pretty = useMemo(() => (text === undefined ? undefined : indentJson(text)), [text]);
  const fields = useMemo(() => (text === undefined ? undefined : (listBodyFields(text) ?? listFormFields(text, mime))), [text, mime]);
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
        {fields === undefined ? null : (
          <button
            type="button"
            className="link"
            aria-pressed={asFields}
            onClick={() => {
              setAsFields(!asFields);
            }}
          >
            {asFields ? 'Text' : `Fields (${formatCount(fields.length)})`}
          </button>
        )}
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
      ) : asFields && fields !== undefined ? (
        <Fields side={side} fields={fields} onClause={onClause} />
      ) : (
        <RecordText text={pretty} label={`Body of the ${side}`} />
      )}
    </section>
  );
}

interface FieldsProps {
  readonly side: Side;
  readonly fields: readonly BodyField[];
  readonly onClause: OnClause;
}

/** The scalars of a JSON body, each decoded in place and with a filter by its value. */
function Fields({ side, fields, onClause }: FieldsProps) {
  return (
    <>
      <dl className="facts body-fields">
        {fields.map((field, index) => (
          // By place: hostile names make two fields of one path.
          <div key={index} className="header-row">
            <dt className="mono">
              <EvidenceText text={field.path} />
            </dt>
            <dd className="header-value">
              <DecodedText text={field.value} />
              <ValueTools
                name={`${toVisibleText(field.anyPath ?? field.path)} in the ${side}`}
                clause={field.anyPath === undefined ? undefined : bodyClause(side, field.anyPath, field.value)}
                onClause={onClause}
                copy={field.value}
              />
            </dd>
          </div>
        ))}
      </dl>
      {fields.length < MOST_FIELDS ? null : <p className="muted">The first {formatCount(MOST_FIELDS)} fields; the text has them all.</p>}
    </>
  );
}
