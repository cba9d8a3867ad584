/** What a page can know when the service cannot be reached. */
export type FailureReason =
  /** The page was not loaded safely, and the browser lets only safe pages reach local programs. */
  | "INSECURE_PAGE"
  /** The person or an administrator said no to connections to this computer. */
  | "PERMISSION_DENIED"
  /** The browser waits for the person's answer, or would ask again. */
  | "PERMISSION_PENDING"
  /** Nothing forbids the connection: the service is not running, or listens elsewhere or by the other protocol. */
  | "NOT_RUNNING"
  /** The browser does not say what it allows; either of the two. */
  | "UNKNOWN";

/** Names of the permission since browsers ask for it; the later name first. */
const PERMISSIONS = ["loopback-network", "local-network-access"] as const;

interface PageFacts {
  readonly isSecureContext: boolean;
  /** State of the permission to reach this computer; undefined where the browser knows none. */
  readonly permission: PermissionState | undefined;
}

/** Tells "blocked" from "not running", which a failed WebSocket itself does not. */
export const failureReason = ({ isSecureContext, permission }: PageFacts): FailureReason => {
  if (permission === "denied") return isSecureContext ? "PERMISSION_DENIED" : "INSECURE_PAGE";
  if (permission === "granted") return "NOT_RUNNING";
  if (permission === "prompt") return isSecureContext ? "PERMISSION_PENDING" : "INSECURE_PAGE";
  return isSecureContext ? "UNKNOWN" : "INSECURE_PAGE";
};

/** Asks the browser what it allows and says why a connection to the service may have failed. */
export const explainFailure = async (): Promise<FailureReason> => {
  const isLocalPage = ["localhost", "127.0.0.1", "[::1]"].includes(globalThis.location?.hostname);
  const permission = await loopbackPermission();
  // A page of this computer itself asks nobody.
  if (isLocalPage && permission !== "denied") return "NOT_RUNNING";
  return failureReason({ isSecureContext: globalThis.isSecureContext === true, permission });
};

const loopbackPermission = async (): Promise<PermissionState | undefined> => {
  for (const name of PERMISSIONS) {
    try {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return state;
    } catch {
      // This browser has no permission of that name.
    }
  }
  return undefined;
};
