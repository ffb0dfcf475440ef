import { callFlag } from '../../store/call-flags.ts';

/** What sources may record of a call: where a row has it, and which rows could. */
interface InputRule {
  /** As the subject of a sentence: `bodies of answers`. */
  readonly words: string;
  /** SQL over `call c` and `call_fact f`, 1 or 0. */
  readonly has: string;
  /** SQL, 1 or 0: calls that could have it; all when absent. */
  readonly could?: string;
  /** A call without it is a hole in the evidence. Otherwise it may be as it was: who is not logged in has no credential. */
  readonly always: boolean;
}

const flag = (bit: number): string => `(c.flags & ${String(bit)} <> 0)`;
const methodIn = (...names: readonly string[]): string =>
  `(c.method_id IN (SELECT id FROM term WHERE value IN (${names.map((name) => `'${name}'`).join(', ')})))`;

/** The inputs that detectors name. A new one is one line. */
const RULES = {
  time: { words: 'times', has: '(c.time IS NOT NULL)', always: true },
  status: { words: 'statuses of answers', has: '(c.status IS NOT NULL)', always: true },
  address: { words: 'client addresses', has: '(c.client_ip_id IS NOT NULL)', always: true },
  userAgent: { words: 'User-Agents', has: '(c.user_agent_id IS NOT NULL)', always: false },
  scheme: { words: 'schemes (http or https)', has: '(c.scheme_id IS NOT NULL)', always: false },
  answerBytes: { words: 'sizes of answers', has: '(c.res_bytes IS NOT NULL)', always: true },
  credential: { words: 'credentials', has: '(c.credential_id IS NOT NULL)', always: false },
  caller: { words: 'principals', has: '(f.principal_id IS NOT NULL)', always: false },
  requestBody: { words: 'bodies of requests', has: flag(callFlag.requestBody), could: methodIn('POST', 'PUT', 'PATCH'), always: true },
  answerBody: {
    words: 'bodies of answers',
    has: flag(callFlag.responseBody),
    // A redirect, an error of the gateway and a HEAD have none to keep.
    could: `(c.status BETWEEN 200 AND 299 AND c.status <> 204 AND coalesce(c.res_bytes, 1) > 0 AND NOT ${methodIn('HEAD', 'OPTIONS', 'CONNECT')})`,
    always: true,
  },
} as const satisfies Readonly<Record<string, InputRule>>;

/** Something that a source records of a call, or leaves out. */
export type CallInput = keyof typeof RULES;

/** Every input with its place among the bits of `HAS_BITS` and `COULD_BITS`. */
export const CALL_INPUTS: readonly (InputRule & { readonly id: CallInput })[] = Object.entries<InputRule>(RULES).map(([id, rule]) => ({
  ...rule,
  id: id as CallInput, // a key of RULES, whose type `Object.entries` widens
}));

const bitsOf = (ask: (rule: InputRule) => string): string =>
  CALL_INPUTS.map((rule, index) => `(coalesce(${ask(rule)}, 0) << ${String(index)})`).join(' | ');

/** What a row has, a bit for each input. */
export const HAS_BITS = bitsOf(({ has }) => has);
/** What a row could have. */
export const COULD_BITS = bitsOf(({ could }) => could ?? '1');
