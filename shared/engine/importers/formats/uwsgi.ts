import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';
import { ignored, patternTime, wordDuration } from '../access/log-variables.ts';

const START =
  '[pid: $pid|app: $app|req: $worker_request/$request_number] $remote_addr ($remote_user) {$variable_count vars in $variable_bytes bytes} [$ctime] $request_method $request_uri => generated $body_bytes_sent bytes in $took';

/** Counters of the worker say nothing about the call; they stay in the line's own text. */
const COUNTERS = ['app', 'worker_request', 'request_number', 'variable_count', 'header_count', 'header_bytes', 'switches', 'core'];
const VARIABLES = {
  ctime: patternTime('ctime', '%a %b %e %H:%M:%S %Y'),
  took: wordDuration('took'),
  ...Object.fromEntries(COUNTERS.map((name) => [name, ignored])),
};

/**
 * The default request lines of uWSGI. The time is the local start of the request.
 * Source: uWSGI, "Formatting uWSGI requests logs" and core/logging.c, which prints the start with `ctime`; the unit of the duration
 * is a word that differs from line to line with `log-micros`.
 */
export const uwsgi = lineImporter({
  id: 'uwsgi',
  title: 'uWSGI request log',
  holds: 'local time to the second, duration, client, user, method, path, status and response size; no host, user agent, headers or bodies',
  looks: '[pid: …|app: …|req: …] client (user) {… vars} [time] method path => generated … bytes in …',
  formats: () =>
    [
      `${START} ($server_protocol $status) $header_count headers in $header_bytes bytes ($switches switches on core $core)`,
      `${START} ($server_protocol $status) $header_count headers in $header_bytes bytes`,
    ].map((text) => compileLogFormat(text, { variables: VARIABLES, timeKind: 'start' })),
  telling: 2,
  strength: 'magic',
});
