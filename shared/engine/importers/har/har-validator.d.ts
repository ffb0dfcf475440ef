/** The callback face of har-validator 5.1.5, which brings no types. `null` and `undefined` count as `{}` there. */
declare module 'har-validator/lib/async.js' {
  /** One complaint of the ajv 6 inside. */
  export interface HarComplaint {
    readonly keyword: string;
    readonly dataPath: string;
    readonly message?: string;
  }
  type Check = (data: unknown, next: (error: { readonly errors: readonly HarComplaint[] } | null, valid: boolean) => void) => void;
  export const entry: Check;
}
