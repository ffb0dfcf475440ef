import type { Header, ImportedCall, ImportedTrace } from '../../../model/call.ts';
import type { CredentialKind } from '../../../contract/report-json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { LoneSecret } from './lone-secret.ts';
import type { TableRow } from '../../../model/table-row.ts';
import type { TokenSignature } from '../../../model/token-signature.ts';

/** A credential as it may be kept: never the secret. */
export interface SeenCredential {
  /** HMAC-SHA-256 of the secret with the key of the case, hex. */
  readonly fingerprint: string;
  readonly kind: CredentialKind;
  /** `eyJ…Qx4`: kind and ends only. */
  readonly masked: string;
  readonly jwt?: { readonly header: JsonObject; readonly claims: JsonObject } | undefined;
  /** What a check of the token's signature came to; absent when the case held no keys of issuers. */
  readonly signature?: TokenSignature | undefined;
  /** What is not secret: the Basic user, the cookie's or header's name. */
  readonly label?: string | undefined;
}

/** A scalar of a body or header, ready for the value index. */
export interface SeenValue {
  readonly side: 'request' | 'response';
  /** JSONPath with real indices (`$.items[3].id`), or `header <name>`. */
  readonly pointer: string;
  /** First 52 bits of the HMAC of the text. */
  readonly fingerprint: number;
  /** Estimated entropy of the text. Units: bits. */
  readonly bits: number;
}

export interface SeenData {
  readonly side: 'request' | 'response' | 'query' | 'path' | 'request-header' | 'response-header';
  /** JSONPath with `[*]`, or the parameter's or header's name. */
  readonly pointer: string;
  readonly type: string;
  readonly count: number;
}

export interface SeenExposure {
  readonly side: SeenData['side'];
  readonly pointer: string;
  readonly type: string;
  readonly credential: SeenCredential;
}

/** A body as it may be kept: masked, at most 64 KiB. */
export interface StoredBody {
  readonly text?: string | undefined;
  readonly mime?: string | undefined;
  readonly bytes?: number | undefined;
  readonly note?: string | undefined;
}

/** What one call keeps beside its columns; everything masked. Lives compressed in `detail_block`. */
export interface StoredDetail {
  readonly requestHeaders?: readonly Header[] | undefined;
  readonly responseHeaders?: readonly Header[] | undefined;
  readonly requestBody?: StoredBody | undefined;
  readonly responseBody?: StoredBody | undefined;
  readonly timeText?: string | undefined;
  readonly timings?: readonly (readonly [phase: string, ms: number])[] | undefined;
  readonly extras?: readonly Header[] | undefined;
  readonly initiatorUrl?: string | undefined;
  readonly redirectUrl?: string | undefined;
  readonly forwardedFor?: string | undefined;
  /** The masked text of the record; absent where the other fields hold all of it. */
  readonly raw?: string | undefined;
}

/** A call after intake: safe to store. The fields of `call` hold no secret any more. */
export interface MaskedCall {
  readonly call: Omit<
    ImportedCall,
    'requestHeaders' | 'responseHeaders' | 'requestBody' | 'responseBody' | 'rawText' | 'timings' | 'extras' | 'timeText'
  >;
  /** The credential that the call itself used, strongest first. */
  readonly credential: SeenCredential | undefined;
  readonly values: readonly SeenValue[];
  readonly data: readonly SeenData[];
  readonly exposures: readonly SeenExposure[];
  readonly detail: StoredDetail;
  /** Bits of `callFlag`. */
  readonly flags: number;
}

/** Masks what importers read; one per import, holds the key of the case. */
export interface Intake {
  /** `row`: how the call's own text stands in a table. */
  maskCall(call: ImportedCall, row?: TableRow): MaskedCall;
  maskTrace(trace: ImportedTrace): ImportedTrace;
  /** Secrets of the calls since the last time that only their names gave away, in clear: to be looked for in the rest of the import. */
  takeSecrets(): readonly LoneSecret[];
  /** Any text of the evidence with its secrets masked: excerpts of rejected records, which may be the start of a `row`. */
  maskText(text: string, row?: TableRow): string;
}
