import type { EndKind } from '../../store/read/revocation/revoked-when.ts';

/** A call that withdrew a credential. Units: µs. */
export interface End {
  readonly credential: number;
  readonly kind: EndKind;
  readonly time: number;
  readonly call: number;
}
