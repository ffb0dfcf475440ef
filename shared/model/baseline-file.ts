/** What is usual of one thing, as a baseline file says it. `rates`: calls in each hour of the day, UTC. */
export interface PortableHabit {
  readonly calls: number;
  readonly objects: number;
  /** Of answers in a day. */
  readonly bytes: number;
  readonly contexts: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly rates: readonly number[];
}

export interface PortablePrincipal extends PortableHabit {
  readonly key: string;
  readonly kind: string;
}

/** A baseline apart from its case: names instead of row ids, no secrets, no calls. Lists are in the order of their keys. */
export interface BaselineContent {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly (PortableHabit & { readonly kind: string })[];
  readonly principals: readonly PortablePrincipal[];
  readonly endpoints: readonly (PortableHabit & { readonly key: string })[];
  /** Every pair of principal and endpoint that was seen, by its two keys, with its calls. */
  readonly pairs: readonly { readonly principal: string; readonly endpoint: string; readonly calls: number }[];
}

/** A baseline as it travels from case to case. `sha256` is that of the content's canonical JSON. */
export interface BaselineFile {
  readonly schema: 'spoor-baseline/1';
  readonly sha256: string;
  readonly content: BaselineContent;
}
