/** Where a machine, a container or a pod is given credentials of its own. */
const HANDING_OUT: readonly RegExp[] = [
  // Google Cloud, "About VM metadata": access and identity tokens of a service account.
  /^\/computeMetadata\/[^/]+\/instance\/service-accounts\/[^/]+\/(?:token|identity)$/i,
  // AWS, "Instance metadata": keys of the role, of the instance's own identity, and the session token that version 2 asks for first.
  /^\/[^/]+\/meta-data\/iam\/security-credentials\/[^/]+$/i,
  /^\/[^/]+\/meta-data\/identity-credentials\/ec2\/security-credentials\/[^/]+$/i,
  /^\/[^/]+\/api\/token$/i,
  // ECS and EKS: credentials of a task, and of a pod.
  /^\/v\d\/credentials(?:\/|$)/i,
  // Azure, "Managed identities": access tokens.
  /^\/metadata\/identity\/oauth2\/token$/i,
  // Alibaba Cloud: keys of the instance's RAM role. Oracle Cloud: its certificate and key.
  /^\/[^/]+\/meta-data\/ram\/security-credentials\/[^/]+$/i,
  /^\/opc\/v\d\/identity\//i,
  // Kubernetes API: secrets, and tokens of service accounts.
  /^\/api\/v1\/(?:namespaces\/[^/]+\/)?secrets(?:\/|$)/i,
  /^\/api\/v1\/namespaces\/[^/]+\/serviceaccounts\/[^/]+\/token$/i,
];

/** True for a path of a metadata service, or of the API of a cluster, whose answer is a credential. Example: `/latest/meta-data/iam/security-credentials/web`. */
export const handsOut = (path: string): boolean => HANDING_OUT.some((form) => form.test(path.replace(/\/$/, '')));
