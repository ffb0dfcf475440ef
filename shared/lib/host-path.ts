/**
 * A host with a path behind it, parted by a slash: records that name an operation or a key in place of a path have none.
 * Example: `s3.amazonaws.com` and `GetObject` give `s3.amazonaws.com/GetObject`; `a.test` and `/v1` give `a.test/v1`.
 */
export const hostPath = (host: string, path: string): string =>
  host === '' || path === '' || path.startsWith('/') || path.startsWith('?') ? `${host}${path}` : `${host}/${path}`;
