import type { Foreign } from './exchange.ts';
import type { Party } from './party.ts';

/** Another place on the network. */
export interface Place {
  readonly ip: string;
  readonly userAgent: string;
}

/** What a company has to offer to those who attack it, in words that every company has. */
export interface Roles {
  /** Ordinary customers, staff and agents; numbers wrap around. */
  readonly customer: (which: number) => Party;
  readonly employee: (which: number) => Party;
  /** Program with a language model that does its work over direct calls, recorded with bodies on its host. */
  readonly agent: Party;
  /** The same kind of program over MCP tools, recorded with bodies. */
  readonly toolAgent: Party;
  /** The language model that the agents ask, where that is recorded. */
  readonly model?: { readonly foreign: Foreign; readonly key: string };
  /** A customer whose browser is recorded with bodies. */
  readonly recordedCustomer: Party;
  /** A partner company with an API key. */
  readonly partner: Party;
  /** A service whose credential was used on the first day and never again. */
  readonly retired: Party;
  /** Acts for one person, whose number it has, and for nobody else: its token says so, or its task. And what it reads for that person. */
  readonly delegate: { readonly party: Party; readonly operation: string; readonly entity: string };
  /** A member of staff whom no actor plays: works like the others where a trap or an incident says so. */
  readonly quietEmployee: Party;
  /** Places of attackers: `which` from 0. */
  readonly stranger: (which: number) => Place;
  readonly foreign: Foreign;
  /** Reads one thing of a customer, whose ids are numbers in a row; the caller may read his own. */
  readonly readObject: { readonly operation: string; readonly entity: string };
  /** Lists many customers' data at once; only for staff and a few programs. */
  readonly readMany: string;
  /** Stored cards, diagnoses and the like of one customer: parameter is the customer. */
  readonly readSecret: { readonly operation: string; readonly entity: string; readonly pointer: string };
  /** What only administrators do: to look, and to change. */
  readonly administer: readonly string[];
  /** Messages from outside: a list of them, one of them, and the answer to it. */
  readonly inbox: { readonly list: string; readonly read: string; readonly reply: string; readonly entity: string };
  /** Pays money out for a thing; the body has an amount. */
  readonly payOut: { readonly operation: string; readonly entity: string };
  /** Names a new account to be paid to, and pays to it. */
  readonly addPayee: string;
  readonly pay: string;
  /** Changes one's own profile; the body is free. */
  readonly updateSelf: { readonly operation: string; readonly entity: string };
  /** What may be read without a login: a list and one of it. */
  readonly browse: { readonly list: string; readonly read: string; readonly entity: string };
  /** Fetches an address that the caller gives, as query parameter of that name; and who may ask for it. */
  readonly fetchUrl: { readonly operation: string; readonly parameter: string; readonly by: Party };
  /** Takes name and password. */
  readonly login: string;
  /** Free text as query parameter of that name. */
  readonly search: { readonly operation: string; readonly parameter: string };
  /** In use and in no description; described as deprecated. */
  readonly undocumented: string;
  readonly deprecated: string;
  /** Described, and called by no actor: came with a release. A customer asks it about a thing of that kind, of his own. */
  readonly released: { readonly operation: string; readonly entity: string };
  /** Agreed flow outwards: who reads what, and which partner gets it. */
  readonly outward: { readonly party: Party; readonly read: string; readonly to: Foreign };
  /** Reads much at the end of a month, as agreed. */
  readonly monthly: { readonly party: Party; readonly read: string };
  /** Asked again and again by programs that wait. */
  readonly poll: string;
  /** The tool server: its operation, and the tools it offers. */
  readonly tools: {
    readonly server: string;
    readonly names: readonly string[];
    readonly offered: readonly {
      readonly name: string;
      readonly description: string;
      readonly parameters: Readonly<Record<string, string>>;
    }[];
  };
}
