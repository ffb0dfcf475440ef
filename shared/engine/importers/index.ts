import { accessCombined } from './formats/access-combined.ts';
import { accessCommon } from './formats/access-common.ts';
import { apacheSslRequest } from './formats/apache-ssl-request.ts';
import { apigee } from './formats/apigee.ts';
import { apisixAccess } from './formats/apisix-access.ts';
import { apisixJson } from './formats/apisix-json.ts';
import { autogen } from './formats/autogen.ts';
import { awsAlb } from './formats/aws-alb.ts';
import { awsApigwClf } from './formats/aws-apigw-clf.ts';
import { awsApigwCsv } from './formats/aws-apigw-csv.ts';
import { awsApigwJson } from './formats/aws-apigw-json.ts';
import { awsApigwXml } from './formats/aws-apigw-xml.ts';
import { awsBedrock } from './formats/aws-bedrock.ts';
import { awsCloudtrail } from './formats/aws-cloudtrail.ts';
import { awsS3Access } from './formats/aws-s3-access.ts';
import { awsWaf } from './formats/aws-waf.ts';
import { azureApim } from './formats/azure-apim.ts';
import { azureAppGateway } from './formats/azure-app-gateway.ts';
import { azureFrontDoor } from './formats/azure-front-door.ts';
import { bunkerweb } from './formats/bunkerweb.ts';
import { burpXml } from './formats/burp-xml.ts';
import { caddyJson } from './formats/caddy-json.ts';
import { chatMessages } from './formats/chat-messages.ts';
import { claudeCode } from './formats/claude-code.ts';
import { cloudflareAiGateway } from './formats/cloudflare-ai-gateway.ts';
import { cloudflareHttp } from './formats/cloudflare-http.ts';
import { cloudfrontJson } from './formats/cloudfront-json.ts';
import { cloudfrontPlain } from './formats/cloudfront-plain.ts';
import { entraSignIn } from './formats/entra-sign-in.ts';
import { envoyJson } from './formats/envoy-json.ts';
import { envoyText } from './formats/envoy-text.ts';
import { fastlyJson } from './formats/fastly-json.ts';
import { gcpAudit } from './formats/gcp-audit.ts';
import { gcpLoadBalancer } from './formats/gcp-load-balancer.ts';
import { gin } from './formats/gin.ts';
import { githubAudit } from './formats/github-audit.ts';
import { graphqlSchema } from './formats/graphql-schema.ts';
import { graviteeJson } from './formats/gravitee-json.ts';
import { haproxyHttp } from './formats/haproxy-http.ts';
import { har } from './formats/har.ts';
import { helicone } from './formats/helicone.ts';
import { iisEtw } from './formats/iis-etw.ts';
import { ingressNginx } from './formats/ingress-nginx.ts';
import { insomnia } from './formats/insomnia.ts';
import { jaeger } from './formats/jaeger.ts';
import { jsonAccess } from './formats/json-access.ts';
import { k8sAudit } from './formats/k8s-audit.ts';
import { kongJson } from './formats/kong-json.ts';
import { langfuse } from './formats/langfuse.ts';
import { langsmith } from './formats/langsmith.ts';
import { litellmPayload } from './formats/litellm-payload.ts';
import { litellmSpend } from './formats/litellm-spend.ts';
import { logFormat } from './formats/log-format.ts';
import { logfmt } from './formats/logfmt.ts';
import { ltsv } from './formats/ltsv.ts';
import { mappedJson } from './formats/mapped-json.ts';
import { mcpClaudeDesktop } from './formats/mcp-claude-desktop.ts';
import { mcpInspectorHistory } from './formats/mcp-inspector-history.ts';
import { mcpInspectorNetwork } from './formats/mcp-inspector-network.ts';
import { mcpJsonrpcLines } from './formats/mcp-jsonrpc-lines.ts';
import { mitmproxy } from './formats/mitmproxy.ts';
import { nginxProxyManager } from './formats/nginx-proxy-manager.ts';
import { oktaSystemLog } from './formats/okta-system-log.ts';
import { openaiAgents } from './formats/openai-agents.ts';
import { openaiBatch } from './formats/openai-batch.ts';
import { openaiCalls } from './formats/openai-calls.ts';
import { openapi } from './formats/openapi.ts';
import { otelSpans } from './formats/otel-spans.ts';
import { otlpTraces } from './formats/otlp-traces.ts';
import { portkey } from './formats/portkey.ts';
import { postman } from './formats/postman.ts';
import { serverConfig } from './formats/server-config.ts';
import { squid } from './formats/squid.ts';
import { suricataHttp } from './formats/suricata-http.ts';
import { traefikClf } from './formats/traefik-clf.ts';
import { traefikJson } from './formats/traefik-json.ts';
import { tyk } from './formats/tyk.ts';
import { uwsgi } from './formats/uwsgi.ts';
import { w3cExtended } from './formats/w3c-extended.ts';
import { zeekHttpJson } from './formats/zeek-http-json.ts';
import { zeekHttp } from './formats/zeek-http.ts';
import { zipkin } from './formats/zipkin.ts';
import { zoraxy } from './formats/zoraxy.ts';

/** Every format that is read, the ones with the strongest evidence first. To add one: a file, and a line here. */
export const importers = [
  // A format that the analyst gave goes before what the content looks like.
  logFormat,
  mappedJson,
  har,
  mitmproxy,
  burpXml,
  openapi,
  postman,
  insomnia,
  graphqlSchema,
  serverConfig,
  otlpTraces,
  jaeger,
  zipkin,
  otelSpans,
  kongJson,
  envoyJson,
  traefikJson,
  caddyJson,
  apisixJson,
  tyk,
  graviteeJson,
  mcpInspectorNetwork,
  mcpInspectorHistory,
  mcpClaudeDesktop,
  mcpJsonrpcLines,
  litellmSpend,
  litellmPayload,
  portkey,
  helicone,
  cloudflareAiGateway,
  langfuse,
  langsmith,
  claudeCode,
  openaiAgents,
  autogen,
  openaiBatch,
  openaiCalls,
  chatMessages,
  awsCloudtrail,
  awsBedrock,
  awsWaf,
  awsAlb,
  awsS3Access,
  awsApigwJson,
  awsApigwClf,
  awsApigwCsv,
  awsApigwXml,
  azureAppGateway,
  azureFrontDoor,
  azureApim,
  entraSignIn,
  gcpLoadBalancer,
  gcpAudit,
  oktaSystemLog,
  githubAudit,
  apigee,
  cloudflareHttp,
  fastlyJson,
  zeekHttp,
  zeekHttpJson,
  suricataHttp,
  k8sAudit,
  w3cExtended,
  iisEtw,
  cloudfrontJson,
  cloudfrontPlain,
  envoyText,
  haproxyHttp,
  squid,
  traefikClf,
  ingressNginx,
  apisixAccess,
  nginxProxyManager,
  apacheSslRequest,
  zoraxy,
  uwsgi,
  gin,
  ltsv,
  bunkerweb,
  accessCombined,
  accessCommon,
  // Keys that anybody may use come last.
  logfmt,
  jsonAccess,
] as const;
