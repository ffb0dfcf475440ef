/** Calls with bodies of one endpoint and status that are compared: what is in fewer than one in twenty may stay unseen. */
export const MAX_BODIES = 60;
/** Answers of one endpoint and status whose headers are looked at; a server sends the same ones each time. */
export const MAX_HEADERS = 8;
/** Calls looked at in all: some ten seconds. */
export const MAX_SAMPLED = 20_000;
/** Calls of one endpoint whose fields give masked samples. */
export const MAX_FIELD_CALLS = 8;
