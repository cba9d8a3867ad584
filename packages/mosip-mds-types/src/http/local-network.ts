/** What stands between a page and a device service on the same machine. */
export type LocalNetworkState =
  /** The browser lets the page through, or does not ask. */
  | "allowed"
  /** The browser will ask the person at the first request. */
  | "will-ask"
  /** The person said no; the site settings can change it. */
  | "denied"
  /** A page that was not loaded over HTTPS may not ask at all. */
  | "insecure-page"
  /** The page is on this machine itself. */
  | "local-page";

interface PermissionsLike {
  query(descriptor: { name: string }): Promise<{ readonly state: string }>;
}

interface PageLike {
  readonly isSecureContext: boolean;
  readonly location: { readonly hostname: string };
  readonly navigator: { readonly permissions?: PermissionsLike };
}

/**
 * What to expect before discovery from a page.
 *
 * Chromium since 142 asks the person before a page of the internet may reach 127.0.0.1 ("local network
 * access"), and only for secure pages. Ask for it from a click, and say first why.
 */
export const localNetworkState = async (page: PageLike): Promise<LocalNetworkState> => {
  const { hostname } = page.location;
  if (hostname === "127.0.0.1" || hostname === "localhost") {
    return "local-page";
  }
  if (!page.isSecureContext) {
    return "insecure-page";
  }
  try {
    const answer = await page.navigator.permissions?.query({ name: "local-network-access" });
    return answer?.state === "denied"
      ? "denied"
      : answer?.state === "prompt"
        ? "will-ask"
        : "allowed";
  } catch {
    // Browsers that do not know the permission do not ask for it.
    return "allowed";
  }
};

/** A sentence for the person at the page. */
export const localNetworkHint = (state: LocalNetworkState): string =>
  ({
    allowed: "The page may look for devices.",
    "local-page": "The page is on this machine and may look for devices.",
    "will-ask":
      "The browser will ask whether this page may reach devices on this machine: allow it.",
    denied:
      "The browser keeps this page from devices on this machine: allow it in the site settings.",
    "insecure-page": "Open this page over HTTPS: the browser lets no other page reach devices.",
  })[state];
