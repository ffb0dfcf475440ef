/** A test by the file that holds it and a part of its title, or of the title of its case, as the source has it. */
type Proof = readonly [file: string, title: string];

/** A row of the table of bad inputs (section 5 of the trust design). */
export interface BadInput {
  readonly row: number;
  readonly input: string;
  /** What tries it; several where the row has several parts. */
  readonly proofs: readonly Proof[];
  /** What of the row is done otherwise than the table says, or not at all, with the reason. */
  readonly otherwise?: string;
}

const NODE = 'test/unit/electron/node';
const IMPORTERS = 'test/unit/shared/engine/importers';
const PLAN = `${NODE}/evidence/plan.exploit.test.ts`;
const EVIDENCE = `${NODE}/evidence/evidence.exploit.test.ts`;
const RECOGNIZE = `${IMPORTERS}/recognize.exploit.test.ts`;
const HAR = `${IMPORTERS}/formats/har.exploit.test.ts`;
const OPENAPI = `${IMPORTERS}/formats/openapi.exploit.test.ts`;
const OPEN = 'test/unit/shared/engine/store/open.exploit.test.ts';
const ROWS = 'test/conformance/bad-inputs.test.ts';

/** ROW REGISTRY: every row with what tries it. `test/conformance/bad-input-rows.test.ts` fails when one has nothing. */
export const badInputs: readonly BadInput[] = [
  { row: 1, input: 'a way out of the folder in a name of a zip', proofs: [[PLAN, 'row 1: '], [EVIDENCE, 'zip slip']] },
  { row: 2, input: 'NUL, control or bidi characters in a name', proofs: [[PLAN, 'row 2: '], [EVIDENCE, 'the name %j is used with a warning']] },
  { row: 3, input: 'a link as a member', proofs: [[PLAN, 'row 3: ']] },
  { row: 4, input: 'device names, dots and blanks at the end', proofs: [[PLAN, 'row 4: ']] },
  { row: 5, input: 'two members of one name', proofs: [[PLAN, 'row 5: ']] },
  { row: 6, input: 'a member that inflates beyond what it declares', proofs: [[PLAN, '6: declares 10 bytes']] },
  { row: 7, input: 'a member that declares more than it has', proofs: [[PLAN, '7: declares more']] },
  { row: 8, input: 'an honest bomb', proofs: [[PLAN, '8: is a bomb']] },
  { row: 9, input: 'more output than the cap', proofs: [[EVIDENCE, 'all that is unpacked together has a limit']], otherwise: 'the member at the cap is refused and the import goes on; nobody is asked' },
  { row: 10, input: '5,000,000 empty members', proofs: [[PLAN, 'row 10: ']] },
  { row: 11, input: 'overlapping members', proofs: [[PLAN, 'row 11: ']] },
  { row: 12, input: 'a zip in a zip in a zip', proofs: [[PLAN, 'row 12: ']] },
  { row: 13, input: 'an encrypted member', proofs: [[PLAN, '13: is encrypted']], otherwise: 'named and left out; no password is asked for' },
  { row: 14, input: 'a wrong CRC', proofs: [[PLAN, 'row 14: ']] },
  { row: 15, input: 'a zip that is cut, garbage, or has bytes around it', proofs: [[PLAN, 'row 15: ']] },
  { row: 16, input: 'a gzip of several members, with garbage, or cut', proofs: [[PLAN, 'row 16: ']] },
  { row: 17, input: 'a file that changes while it is read', proofs: [[EVIDENCE, 'a file that grows while it is read'], [EVIDENCE, 'a zip that is replaced']] },
  { row: 18, input: 'a pipe, a socket, a device, a loop, a sparse terabyte', proofs: [[PLAN, 'row 18: '], [EVIDENCE, 'a sparse file of a terabyte']] },
  { row: 19, input: 'an empty file, blanks, one newline', proofs: [[PLAN, 'row 19: '], [RECOGNIZE, 'row 19: ']] },
  { row: 20, input: 'a wrong extension', proofs: [[RECOGNIZE, 'row 20: '], [PLAN, 'rows 16 and 20: ']] },
  { row: 21, input: 'the same content twice', proofs: [[PLAN, 'row 21: ']] },
  { row: 22, input: 'no permission, a path that is too long', proofs: [[PLAN, 'row 22: a file without'], [PLAN, 'row 22: a path of']] },
  { row: 23, input: 'a byte order mark', proofs: [[RECOGNIZE, '23: UTF-8']] },
  { row: 24, input: 'UTF-16 and UTF-32', proofs: [[RECOGNIZE, '24: UTF-16 with'], [RECOGNIZE, 'row 24: UTF-32']], otherwise: 'UTF-32 is refused by name' },
  { row: 25, input: 'invalid UTF-8', proofs: [[RECOGNIZE, 'row 25: ']] },
  { row: 26, input: 'a character split across pieces', proofs: [[RECOGNIZE, 'row 26: ']] },
  { row: 27, input: 'Latin-1 and Windows-1252', proofs: [[RECOGNIZE, 'row 27: a line'], [RECOGNIZE, 'row 27: said']] },
  { row: 28, input: 'lone surrogates', proofs: [[HAR, '28: lone'], [`${IMPORTERS}/importers.exploit.test.ts`, 'lone surrogates neither']] },
  { row: 29, input: 'NUL in text', proofs: [[RECOGNIZE, 'row 29: ']] },
  { row: 30, input: 'all line ends in one file', proofs: [[RECOGNIZE, 'row 30: ']] },
  { row: 31, input: 'ANSI colours, backspaces', proofs: [[RECOGNIZE, 'row 31 and 32: ']] },
  { row: 32, input: 'bidi overrides, zero width, tags, mixed scripts', proofs: [[RECOGNIZE, 'row 31 and 32: '], ['test/unit/shared/lib/visible-text.test.ts', 'a right-to-left override']] },
  { row: 33, input: 'one endless line', proofs: [[RECOGNIZE, 'row 33: '], [`${IMPORTERS}/importers.exploit.test.ts`, 'a line of 300 MB']] },
  { row: 34, input: 'JSON of 513 to 10,000,000 levels', proofs: [[HAR, '34: an entry of 513'], [ROWS, 'row 34: ']] },
  { row: 35, input: 'a million keys, a key of 10 MB', proofs: [[HAR, '35: 100,000 keys'], [HAR, '35: a key of 10 MB'], [ROWS, 'row 35: ']] },
  { row: 36, input: '__proto__ and constructor as keys', proofs: [[HAR, '36: keys'], [RECOGNIZE, '36: keys'], [OPENAPI, '36: keys'], [ROWS, 'row 36: ']] },
  { row: 37, input: 'duplicate keys', proofs: [[HAR, '37: a key'], [RECOGNIZE, '37: a key']] },
  { row: 38, input: 'numbers that no double holds', proofs: [[HAR, '38: 9007199254740993'], [ROWS, 'row 38: ']] },
  { row: 39, input: 'NaN, comments, trailing commas, single quotes', proofs: [[HAR, '39: NaN'], [HAR, '39: single quotes'], [ROWS, 'row 39: ']], otherwise: 'no lenient read is offered' },
  { row: 40, input: 'a file cut inside of an entry', proofs: [[HAR, 'row 40: ']] },
  { row: 41, input: 'JSON that is no HAR', proofs: [[HAR, 'row 41: ']] },
  { row: 42, input: 'both or neither of params and text', proofs: [[HAR, 'row 42: '], [HAR, '42: neither']] },
  { row: 43, input: 'missing fields', proofs: [[HAR, '43: no cache']] },
  { row: 44, input: 'a nonsense httpVersion', proofs: [[HAR, '44: a nonsense']] },
  { row: 45, input: 'base64 that is none', proofs: [[HAR, '45: base64']] },
  { row: 46, input: 'fields of vendors', proofs: [[HAR, '46: fields']] },
  { row: 47, input: 'a sanitised capture', proofs: [[HAR, 'row 47: ']] },
  { row: 48, input: 'status 0, negative times', proofs: [[HAR, '48: status 0'], [HAR, '48: negative']] },
  { row: 49, input: 'starts that are missing, local, absurd, numbers', proofs: [[HAR, '49: no start'], [HAR, 'row 49: a start']] },
  { row: 50, input: 'entries out of order', proofs: [[HAR, 'row 50: ']] },
  { row: 51, input: 'hostile URLs', proofs: [[HAR, 'row 51: the URL'], [HAR, 'row 51: a password'], [ROWS, 'row 51: ']] },
  { row: 52, input: 'line ends in headers, 10,000 headers', proofs: [[HAR, '52: line ends'], [`${IMPORTERS}/importers.exploit.test.ts`, '10,000 headers']] },
  { row: 53, input: 'a body of 500 MB', proofs: [[HAR, 'row 53: ']] },
  { row: 54, input: 'a body with a script', proofs: [[HAR, '54: a body'], ['test/e2e/hostile.spec.ts', 'nothing of it runs']] },
  { row: 55, input: 'one bad line among very many', proofs: [[RECOGNIZE, 'row 55: ']] },
  { row: 56, input: 'a list in place of lines', proofs: [[RECOGNIZE, 'row 56: ']] },
  { row: 57, input: 'fewer than three lines', proofs: [[RECOGNIZE, 'row 57: ']] },
  { row: 58, input: 'fields called like columns', proofs: [[RECOGNIZE, '58: fields'], [ROWS, 'row 58: ']] },
  { row: 59, input: 'a schema that changes', proofs: [[RECOGNIZE, '59: a field']] },
  { row: 60, input: 'times without a zone', proofs: [[RECOGNIZE, 'row 60: ']] },
  { row: 61, input: 'CSV that is not what it seems', proofs: [[`${IMPORTERS}/read/csv.test.ts`, 'rows that do not fit'], [`${IMPORTERS}/read/csv.test.ts`, 'a table with %s'], [ROWS, 'row 61: ']] },
  { row: 62, input: 'lines that rotation cut', proofs: [[RECOGNIZE, 'row 62: ']] },
  { row: 63, input: 'very many lines, very many files', proofs: [[PLAN, 'row 63: ']] },
  { row: 64, input: 'SQL, format strings, templates, markup in a line', proofs: [[RECOGNIZE, 'row 64: '], [ROWS, 'row 64: ']] },
  { row: 65, input: 'cells that a spreadsheet computes', proofs: [['test/unit/shared/engine/report/csv.exploit.test.ts', 'a spreadsheet sees no formula'], [ROWS, 'row 65: ']] },
  { row: 66, input: 'an alias bomb', proofs: [[OPENAPI, '66: an alias']] },
  { row: 67, input: '20,000 nested brackets', proofs: [[OPENAPI, '67: 20,000']] },
  { row: 68, input: 'tags and merge keys', proofs: [[OPENAPI, '68: !!js'], [OPENAPI, 'row 68: ']] },
  { row: 69, input: 'references out of the bundle', proofs: [[OPENAPI, 'row 69: ']] },
  { row: 70, input: 'cycles of references', proofs: [[OPENAPI, 'row 70: ']] },
  { row: 71, input: 'versions of OpenAPI', proofs: [[OPENAPI, '71: Swagger 2.0'], [OPENAPI, '71: an unknown version']] },
  { row: 72, input: 'a very large description', proofs: [[OPENAPI, 'row 72: 20,000'], [OPENAPI, 'row 72: a description']] },
  { row: 73, input: 'a pattern that backtracks', proofs: [[OPENAPI, '73: a pattern'], ['test/unit/shared/engine/passes/inventory/safe-pattern.exploit.test.ts', 'made to run forever']] },
  { row: 74, input: 'servers of an attacker', proofs: [[OPENAPI, '74: servers']] },
  { row: 75, input: 'queries that are too long, too deep, unfinished', proofs: [[ROWS, 'row 75: ']] },
  { row: 76, input: 'expressions that never end', proofs: [[ROWS, 'row 76: '], ['test/unit/shared/query/regex.test.ts', 'takes other engines hours']] },
  { row: 77, input: 'notes and tags of any size', proofs: [['test/unit/shared/contract/review.exploit.test.ts', 'a note of 20,000'], [ROWS, 'row 77: ']] },
  { row: 78, input: 'drops of anything', proofs: [['test/e2e/start.spec.ts', 'opens no file in the browser'], ['test/e2e/shell-security.spec.ts', 'no way of navigating']] },
  { row: 79, input: 'a database that is no case', proofs: [[OPEN, 'row 79: ']] },
  { row: 80, input: 'a damaged case', proofs: [[OPEN, 'row 80: a case cut'], [OPEN, 'row 80: every byte']], otherwise: 'a recovery into a new case is not offered' },
  { row: 81, input: 'an encrypted case', proofs: [[ROWS, 'row 81: ']], otherwise: 'without a passphrase an encrypted file is refused; with a wrong one, or a changed page: cipher.test.ts' },
  { row: 82, input: 'a full disk', proofs: [['test/conformance/disk-full.test.ts', 'row 82: ']] },
  { row: 83, input: 'two processes, a stale lock', proofs: [[`${NODE}/engine/host.test.ts`, 'cannot be opened by a second writer'], [`${NODE}/workbench.test.ts`, 'that another Spoor has open']] },
  { row: 84, input: 'a clock that is set back', proofs: [[ROWS, 'row 84: ']], otherwise: 'order is kept by number; there is no warning' },
  { row: 85, input: 'other fonts, contrast, sizes', proofs: [['test/e2e/states.spec.ts', 'in every state axe finds nothing']], otherwise: 'forced colours and right-to-left screens are not swept' },
  { row: 86, input: 'odd names of exports', proofs: [[ROWS, 'row 86: ']] },
  { row: 87, input: 'a report of nothing, and of very much', proofs: [[ROWS, 'row 87: ']] },
  { row: 88, input: 'requests that are not the page’s', proofs: [[`${NODE}/serve/http-guard.exploit.test.ts`, 'DNS rebinding'], [`${NODE}/serve/http-server.exploit.test.ts`, 'a link works once'], [`${NODE}/serve/http-server.exploit.test.ts`, 'a header of a megabyte']] },
  { row: 89, input: 'an environment that opens the app', proofs: [[ROWS, 'row 89: ']], otherwise: 'the built app itself is asked by `npm run scorecard` where it was packed' },
  { row: 90, input: 'text that gives orders to a reader’s assistant', proofs: [[ROWS, 'row 90: ']] },
]; // prettier-ignore
