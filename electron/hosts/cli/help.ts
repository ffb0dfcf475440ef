import { exportFormats } from '#shared/engine/report/exports/index.ts';
import { fields } from '#shared/query/fields.ts';

/** What `spoor --help` prints. */
export const HELP = `Spoor: follow the trail that AI agents leave in your APIs. Offline; nothing leaves this machine.

  spoor audit   PATH... --out DIR [--case FILE]   import, analyse, and write report.html, .pdf, .json, findings.csv
                                                  and MANIFEST.sha256
                                                  (a case.spoor that an earlier audit left in DIR is replaced)
  spoor import  CASE PATH...                      files, folders, .zip .tar .tgz .gz .zst, or - for standard input
  spoor withdraw CASE NAME...                     take what sources brought out of the case; their rows and hashes stay
  spoor add     CASE --as KIND FILE               knowledge that is not evidence; without FILE what there is [--remove NAME]
                                                  for imports: mapping, log-format; for the analysis: iam (principals: CSV
                                                  or JSON with the columns principal, name, key_id, email, owner, kind, scopes,
                                                  roles, status; all but the first may be left out), jwks (keys of a token
                                                  issuer, to be added before the import), key-directory (keys of signing agents), ranges (dated CIDR lists),
                                                  sigma (rules for web servers, proxies and APIs)
  spoor analyze CASE                              run the passes and detectors that are out of date
  spoor baseline export|import CASE FILE          what is usual in a case, for another case to be judged by
  spoor report  CASE --format F --out FILE [QUERY]  F: pdf ${exportFormats.map(({ id }) => id).join(' ')};
                                                  of several files (policy, guardrail-pack, share-pack) a folder, or FILE.zip;
                                                  a QUERY narrows lists of calls down (ocsf parquet timeline har)
  spoor query   CASE 'QUERY'                      calls as a table, or --format ndjson|csv|har [--out FILE] [--limit N]
  spoor chain   CASE REF --format F               one chain, by its reference or that of a call of it;
                                                  F: json svg mermaid otlp [--out FILE]
  spoor compare CASE CASE [--out FILE.html]       what is new, gone, changed, fixed and persisting, the earlier case first
                [CASE --window A..B --with C..D]  the same between two windows of one case, days or times
  spoor verify  CASE|FOLDER                       whether the file is whole, and its audit log unbroken [--anchor HASH];
                                                  whether an exported folder is as its MANIFEST.sha256 says
  spoor passphrase set|change|remove CASE         encrypt a case, or undo it: --passphrase-file opens it now,
                                                  --new-passphrase-file from now on; the case is replaced by a checked copy
  spoor formats                                   what can be read, and what each format holds
  spoor serve   [CASE|PATH...]                    the workbench on 127.0.0.1 for the local browser [--port N] [--no-open]
  spoor open    [CASE|PATH...]                    the desktop app, or serve where Electron cannot start

  --json              machine-readable result on standard output
  --quiet             no progress
  --replace           read what the case holds already anew and withdraw what it held
  --profile NAME      who a report is for: internal (default), redacted or board
  --paper a4|letter   what the report is printed on (else as the case says, and A4)
  --evidence PATH     for report: files of the case to hash again; may be given several times
  --passphrase-file FILE  first line of FILE (yours alone to read), or - for standard input: opens an encrypted case, and
                      makes a new one encrypted (SQLCipher 4); with compare twice for two cases
  --only ID,...       only these detectors
  --baseline-until TIME, --incident-from TIME  what is usual ends, the incident begins (else chosen from the data, and said)
  --second-look       ask all rules again with an earlier part of the evidence as usual; findings say whether they depend on it
  --fail-on SEVERITY  exit 1 when an incident finding reaches info, low, medium, high or critical

For the paths that follow, until given again:
  --format-as ID        take them as this format
  --timezone ZONE       for stamps that carry none: UTC, an offset such as +02:00, or a name such as Europe/Brussels
  --year N              for stamps that carry no year
  --encoding NAME       windows-1252, for texts that are not in Unicode
  --log-format STRING   the log_format (nginx) or LogFormat (Apache) that their lines follow
  --mapping FILE        how their records become calls, as JSON
  --header-names A,B    names of captured headers that the lines leave out

A QUERY is words and FIELD:VALUE, joined with and, or, not; > < for numbers, * for any letters ('status>=400 and tool:*mail*').
Fields: ${fields.map(({ name }) => name).join(' ')}

Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage, 3 a path could not be read,
4 the case is damaged, locked, newer than this version or wants its passphrase, 70 a bug of ours.
`;
