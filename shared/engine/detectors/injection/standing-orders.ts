/** A sign in words that mean something only together. Shape: as in `hostile-text.ts`; all patterns have to fit the same text. */
type Sign = readonly [what: string, weight: number, ...patterns: readonly [RegExp, ...RegExp[]]];

/** People whose data nobody sends along with a bill, and what holds such data. */
const OTHERS = String.raw`payees?|customers?|clients?|employees?|staff|members?|users?|patients?|students?|suppliers?|vendors?|contacts?|accounts?|payroll|personnel`;
const HOLDERS = String.raw`director(?:y|ies)|lists?|records?|registers?|rosters?|databases?|tables?|exports?|files?|data|details`;
const SECRETS = String.raw`passwords?|api[ _-]?keys?|access[ _-]tokens?|session[ _-]?(?:tokens?|ids?)|private keys?|credentials|secrets?|bsn|ssn|social security numbers?|card numbers?`;
const ATTACH = String.raw`\b(?:attach|include|append|enclose|add|supply|upload|export|copy in|put in|send along)\b`;

/**
 * What a text says that wants to be obeyed later and by whoever works on it next: it names a new place, asks for data on the way, waives whoever would
 * look at it, and asks to be written down. A person writes any one of them in a bill or a manual; weights are such that one alone is no order.
 * Source: published attacks on agents with a memory (ATLAS AML.T0080); near misses are sentences of invoices, terms and manuals. Every repetition is
 * bounded.
 */
export const STANDING_ORDERS: readonly Sign[] = [
  ['says that it is agreed', 2, /\bno (?:further |extra |additional |manual |human )?(?:confirmation|approval|review|permission|sign-?off|verification)(?: (?:by|from|of) (?:an? |any |the )?(?:person|human|user|operator|manager|supervisor|employee|colleague|somebody|someone|anyone|anybody|staff))? (?:is |was |will be )?(?:needed|required|necessary)\b/i],
  ['says that it is agreed', 2, /\b(?:without|(?:does|do|need) not (?:need|require|wait for)?) ?(?:any |further |a )?(?:human|manual|a person['’]s) (?:confirmation|approval|review|intervention|sign-?off)\b|\b(?:do not|don['’]t|never|no need to) (?:ask for|wait for|seek|request) (?:any |further |a |an |human |user )?(?:confirmation|approval|permission|sign-?off)\b/i],
  ['would have data sent to an address it names', 2,
    /\b(?:go(?:es)?|sent|send|post(?:ed)?|deliver(?:ed)?|submit(?:ted)?|forward(?:ed)?|upload(?:ed)?|redirect(?:ed)?|addressed|route[ds]?)\b[^\n]{0,40}?\bto\b:? ?<?(?:https?:\/\/|[\w.+-]{1,60}@)[a-z0-9-]{1,60}\./i,
    new RegExp(String.raw`${ATTACH}[^.\n]{0,40}\b(?:(?:the|all|every|each|their|our|complete|full|entire|whole|current) (?:\w+ ){0,2}?(?:${OTHERS})(?:['’]s?)? (?:${HOLDERS})\b|(?:the|all|every|list of|directory of) (?:\w+ ){0,2}?(?:${OTHERS})['’s]* (?:with|and) their\b|(?:the|all|any|every|its|their|current) (?:\w+ ){0,2}?(?:${SECRETS})\b)`, 'i')],
  ['speaks to whatever processes it', 1, /\b(?:note|message|instructions?|notice|remark)s? (?:to|for) (?:the |any |an? )?(?:automat(?:ed|ic) (?:processing|reconciliation|handling|systems?|agents?|readers?|review|imports?|posting|booking|matching|workflows?|pipelines?|assistants?|tools?)|(?:invoice|document|mail|ticket|payment)[ -]?(?:bot|processor|robot)|(?:automation|reader|parser|copilot|software|system)(?= (?:that|which|reading|processing)\b|:))/i],
  ['asks to be kept in mind', 1, /\b(?:keep|save|store|record|write|add|put|file|copy|persist)\b (?:this|these|the following|the above|it)(?: (?:note|rule|instruction|message|text|line|remark|paragraph|sentence)s?)?(?: down)? (?:with|in|into|to|on|under|as) (?:(?:a|the|your|its|our) )?(?:\w+ ){0,2}?(?:record|profile|memory|memories|notes?|knowledge base|context|instructions|preferences|master data)\b|\b(?:remember|memori[sz]e) (?:this|these|the following)\b[^.\n]{0,60}\b(?:future|later|next|every|each|all|always|from now on)\b/i],
  ['asks to be obeyed every time', 1, /\b(?:from now on|henceforth|in (?:all )?future (?:runs?|tasks?|sessions?|conversations?)|(?:each|every) time you|whenever you)\b[^.\n]{0,30}\b(?:always|send|post|attach|forward|append)\b/i],
  ['asks to be kept secret', 2, /\b(?:do not|don['’]t|never|no need to) (?:notify|alert|escalate(?: this)? to|report (?:this|it) to|bother)\b[^.\n]{0,24}\b(?:user|human|operator|anyone|anybody|supervisor|security|administrator|admin)\b|\bkeep (?:this|it) (?:to yourself|between us|quiet|secret)\b/i],
]; // prettier-ignore
