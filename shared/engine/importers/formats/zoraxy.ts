import { lineImporter } from '../access/line-format.ts';
import { compileLogFormat } from '../access/log-format.ts';
import { findNginxVariable, ignored, patternTime } from '../access/log-variables.ts';

const CALL = '[$stamp] [router:$router] [origin:$host] [client: $remote_addr]';
const AGENT = '[useragent: $http_user_agent]';
const END = '$request_method $request_uri $status';
/** In front of it all when Zoraxy writes by way of Go's logger, which repeats the time to the second. */
const GO_LOGGER = '$go_date $go_time ';

const VARIABLES = {
  stamp: patternTime('stamp', '%Y-%m-%d %H:%M:%S.%f'),
  go_date: ignored,
  go_time: ignored,
  // Nothing is escaped, so that a user agent may hold `] GET /x 200`; what Zoraxy itself writes stands after the last `] `.
  http_user_agent: { ...findNginxVariable('http_user_agent'), endsLast: true },
};

/**
 * Requests in the log of the Zoraxy reverse proxy. Times are local, and nothing says whether they are starts or ends.
 * Source: crowdsec-zoraxy.log; older versions write no user agent, and some put no logger's time in front.
 */
export const zoraxy = lineImporter({
  id: 'zoraxy',
  title: 'Zoraxy request log',
  holds:
    'local time to the microsecond, host, client, user agent, method, path, status and router; no sizes, duration, user, headers or bodies',
  looks: '[time] [router:…] [origin:…] [client: …] [useragent: …] method path status',
  formats: () =>
    [`${GO_LOGGER}${CALL} ${AGENT} ${END}`, `${GO_LOGGER}${CALL} ${END}`, `${CALL} ${AGENT} ${END}`, `${CALL} ${END}`].map((text) =>
      compileLogFormat(text, {
        variables: VARIABLES,
        timeKind: 'unknown',
      }),
    ),
  telling: 4,
  strength: 'magic',
});
