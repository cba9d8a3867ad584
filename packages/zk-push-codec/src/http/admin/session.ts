import { equalSecrets } from "../../bytes.js";

/** Somebody who showed the token on the page. */
export interface Session {
  /** Proof that a form came from our own page: a field of every form. */
  readonly csrf: string;
}

/** Sessions without a memory: any instance that has the token knows them. */
export interface Sessions {
  /** Value of `Set-Cookie` for somebody who showed the token. */
  open(): Promise<string>;
  /** Value of `Set-Cookie` that ends it in the browser. */
  readonly closed: string;
  of(request: Request): Promise<Session | undefined>;
}

export interface SessionsOptions {
  /** The secret that the page is opened with; another one ends all sessions. */
  readonly token: string;
  /** Milliseconds since 1970; default the platform's clock. */
  readonly now?: () => number;
  /** Seconds. Default 12 hours. */
  readonly maxAgeS?: number;
  /** Whether the page is behind TLS: the cookie is then never sent without. */
  readonly secure?: boolean;
}

const NAME = "zk-session";

/** Makes sessions that are a time and a signature of it under the token. */
export const createSessions = (options: SessionsOptions): Sessions => {
  const { token, now = Date.now, maxAgeS = 12 * 60 * 60, secure = false } = options;
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  const utf8 = new TextEncoder();
  const key = crypto.subtle.importKey(
    "raw",
    utf8.encode(token),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const sign = async (text: string): Promise<string> => {
    const signature = await crypto.subtle.sign("HMAC", await key, utf8.encode(text));
    return [...new Uint8Array(signature)].map((b) => b.toString(16).padStart(2, "0")).join("");
  };
  return {
    closed: `${NAME}=; Max-Age=0; ${attributes}`,
    async open() {
      const until = now() + maxAgeS * 1_000;
      const nonce = crypto.randomUUID();
      const value = `${until}.${nonce}`;
      const signature = await sign(`session ${value}`);
      return `${NAME}=${value}.${signature}; Max-Age=${maxAgeS}; ${attributes}`;
    },
    async of(request) {
      const cookie = cookieOf(request.headers.get("cookie") ?? "");
      const match = /^(\d{1,15})\.([0-9a-f-]{36})\.([0-9a-f]{64})$/.exec(cookie ?? "");
      if (match === null) return undefined;
      const [, until, nonce, signature] = match as unknown as [string, string, string, string];
      const genuine = equalSecrets(await sign(`session ${until}.${nonce}`), signature);
      if (!genuine || Number(until) <= now()) return undefined;
      return { csrf: await sign(`form ${until}.${nonce}`) };
    },
  };
};

const cookieOf = (header: string): string | undefined =>
  header
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
