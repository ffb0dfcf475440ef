/** Calls of one chain that its screen asks for; more than this is said, not drawn. */
export const MAX_CHAIN_CALLS = 5000;
