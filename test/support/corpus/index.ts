import { access } from './access.ts';
import { attack } from './attack.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { bundle } from './bundle.ts';
import { caddy } from './caddy.ts';
import { cloudflare } from './cloudflare.ts';
import { envoy } from './envoy.ts';
import { expected } from './expected.ts';
import { gcp } from './gcp.ts';
import { haproxy } from './haproxy.ts';
import { har } from './har.ts';
import { iis } from './iis.ts';
import { jaeger } from './jaeger.ts';
import { llm } from './llm.ts';
import { mcp } from './mcp.ts';
import { mitm } from './mitm.ts';
import { negative } from './negative.ts';
import { openapi } from './openapi.ts';
import { otlp } from './otlp.ts';
import { postman } from './postman.ts';
import { traefik } from './traefik.ts';
import { w3c } from './w3c.ts';
import { zeek } from './zeek.ts';
import type { Expectations } from './expectation.ts';

/** Every file of the corpus, by its path in it. */
export const corpus: Expectations = {
  ...access,
  ...attack,
  ...aws,
  ...azure,
  ...bundle,
  ...caddy,
  ...cloudflare,
  ...envoy,
  ...expected,
  ...gcp,
  ...haproxy,
  ...har,
  ...iis,
  ...jaeger,
  ...llm,
  ...mcp,
  ...mitm,
  ...negative,
  ...openapi,
  ...otlp,
  ...postman,
  ...traefik,
  ...w3c,
  ...zeek,
};
