import type { JsonObject } from '../lib/json.ts';
import type { CallRef, CredentialJson, PrincipalKind, Severity, TimeText, TokenSignatureJson } from './report-json.ts';

/**
 * Questions that a call with a credential answers, from the ground up. `fresh`: within its own dates; `bound`: of use to its sender only
 * (DPoP, RFC 9449, or a client certificate, RFC 8705); `audience`: made for the host that it was shown to; `delegated`: whoever acts for
 * another says so (`act`, RFC 8693).
 */
export const RUNGS = ['present', 'fresh', 'bound', 'audience', 'delegated'] as const;
export type Rung = (typeof RUNGS)[number];

export const RUNG_ANSWERS = ['yes', 'no', 'unknown'] as const;
export type RungAnswer = (typeof RUNG_ANSWERS)[number];

/** Calls with one credential at one host that give one answer to one question of the ladder. */
export interface RungUse {
  readonly credential: string;
  /** Absent where the evidence names none. */
  readonly host?: string;
  readonly calls: number;
  /** Finds those calls. */
  readonly query: string;
}

/** What stands behind a number of the ladder. */
export interface RungUses {
  /** Those with most calls first. */
  readonly uses: readonly RungUse[];
  /** Uses that are not listed. */
  readonly omitted: number;
}

/** Calls by answer. `unknown`: the evidence or the kind of credential cannot tell. */
export interface RungCount {
  readonly rung: Rung;
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
}

/** The ladder of one kind of caller. */
export interface Ladder {
  readonly callers: 'people' | 'machines' | 'unknown';
  /** Calls of sources that show credentials of their host. */
  readonly calls: number;
  readonly rungs: readonly RungCount[];
}

/** A credential as the list shows it. */
export interface CredentialRow extends CredentialJson {
  readonly principalLabel?: string;
  readonly principalKind?: PrincipalKind;
  readonly findings: number;
  /** The worst of the findings about it. */
  readonly severity?: Severity;
}

/** Most credentials in one answer: what a window holds and sorts without a pause. */
export const MAX_CREDENTIALS = 10_000;

/** Lifetimes of one issuer's tokens by band. Units: s. */
export interface IssuerLifetimes {
  readonly issuer: string;
  readonly tokens: number;
  readonly medianSeconds?: number;
  /** Tokens by band of `LIFETIME_BANDS`; the last is without an end. */
  readonly bands: readonly number[];
}

/** Upper ends of the bands of lifetimes; after the last: longer, and then none at all. Units: s. */
export const LIFETIME_BANDS = [300, 900, 3_600, 28_800, 86_400, 604_800, 2_592_000, 31_536_000] as const;
/** Above this a token outlives the session that it was made for: detection `jwt-lifetime`. Units: s. */
export const LIFETIME_POLICY = 3_600;

/** The static keys of one owner, one after the other or side by side. */
export interface Rotation {
  readonly principal: string;
  readonly label: string;
  readonly keys: readonly { readonly id: string; readonly masked: string; readonly first: TimeText; readonly last: TimeText }[];
  /** How long two of its keys were in use at once, at most. Units: s. */
  readonly overlapSeconds: number;
}

export interface CredentialOverview {
  /** By kind and order of first use; of more than `MAX_CREDENTIALS` the ones with most calls. */
  readonly rows: readonly CredentialRow[];
  readonly total: number;
  readonly ladders: readonly Ladder[];
  /** Calls that are evidence of an incident, and those of them that came with a credential. */
  readonly findingCalls: { readonly calls: number; readonly authenticated: number };
  readonly lifetimes: readonly IssuerLifetimes[];
  readonly rotations: readonly Rotation[];
  /** Keys of issuers that the case holds (`spoor add --as jwks`). */
  readonly issuerKeys: number;
}

/** One place that used a credential, as one source saw it. */
export interface CredentialContext {
  readonly source: string;
  readonly network: string;
  readonly family: string;
  readonly calls: number;
  readonly accepted: number;
  /** TLS clients seen in this network, whatever the program; absent where the source knows none. */
  readonly tls?: readonly string[];
  readonly first?: TimeText;
  readonly last?: TimeText;
}

/** Something on the lifeline of a credential. */
export interface LifeEvent {
  readonly kind: 'issued' | 'valid-from' | 'expires' | 'exposed' | 'refused';
  readonly time: TimeText;
  readonly text: string;
  readonly call?: CallRef;
}

export interface CredentialDossier {
  readonly credential: CredentialRow;
  readonly jwt?: { readonly header: JsonObject; readonly claims: JsonObject };
  /** What can be said of its signature; absent for what is no token. */
  readonly signature?: TokenSignatureJson;
  readonly ladder: Ladder;
  readonly contexts: readonly CredentialContext[];
  readonly contextsInAll: number;
  readonly hosts: readonly {
    readonly host: string;
    readonly calls: number;
    readonly accepted: number;
    readonly stale: number;
    readonly audience: 'own' | 'foreign' | 'unknown';
  }[];
  /** Principals whose calls came with it. */
  readonly users: readonly { readonly id: string; readonly label: string; readonly calls: number }[];
  readonly exposures: readonly { readonly call: CallRef; readonly time?: TimeText; readonly where: string; readonly beforeUse: boolean }[];
  readonly events: readonly LifeEvent[];
  /** Uses over its life in equal parts of time, from its first to its last use. */
  readonly activity:
    | {
        readonly from: TimeText;
        readonly to: TimeText;
        /** Length of one part; a call at its end is of the next one. */
        readonly sliceMicros: number;
        readonly counts: readonly number[];
        readonly refused: readonly number[];
      }
    | undefined;
  /** Its longest silence. Units: s. */
  readonly gap?: { readonly from: TimeText; readonly to: TimeText; readonly seconds: number; readonly earlierSeconds: number };
  readonly findings: readonly { readonly id: string; readonly title: string; readonly severity: Severity }[];
}
