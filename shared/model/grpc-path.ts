/** `/package.Service/Method`, below `/twirp` where that framework serves it. */
const PATH = /^(?:\/twirp)?\/((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*)\/([A-Za-z_]\w*)$/;
const TYPE = /^application\/grpc|^application\/(?:connect\+)?(?:proto|protobuf|x-protobuf)\b/i;
/** Longest path of this kind. Units: characters. */
const MAX_PATH = 256;

/**
 * Service and method of a gRPC path, `shop.v1.Orders/List`. Without a content type that says gRPC, only a package and names in the usual
 * spelling tell it from any other path of two segments.
 * Source: gRPC over HTTP/2, "Path → "/" Service-Name "/" {method name}"; Connect and Twirp use the same paths.
 */
export function grpcMethodOf(path: string, contentTypes: readonly (string | undefined)[]): string | undefined {
  if (path.length > MAX_PATH) return undefined;
  const [, service, method] = PATH.exec(path) ?? [];
  if (service === undefined || method === undefined) return undefined;
  const isSaid = contentTypes.some((type) => type !== undefined && TYPE.test(type));
  return isSaid || (/\.[A-Z]\w*$/.test(service) && /^[A-Z]/.test(method)) ? `${service}/${method}` : undefined;
}
