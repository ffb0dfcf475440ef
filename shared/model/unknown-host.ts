/**
 * Host of a call whose record names none, where a format wants a whole address (HAR 1.2: the URL is absolute). It resolves nowhere (RFC 6761,
 * section 6.4), and read again it is no host.
 */
export const UNKNOWN_HOST = 'host-unknown.invalid';
