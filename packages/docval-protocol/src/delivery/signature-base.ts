import { DocvalError } from "../errors.js";

/** What of a request a signature can be over. */
export interface SignedRequest {
  readonly method: string;
  /** The whole URL, as the client wrote it. */
  readonly targetUri: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What is signed: a line a component, then the list of components with its parameters (RFC 9421, 2.5).
 *
 * @param parametersText the inner list as it stands in Signature-Input.
 * @throws DocvalError `SIGNATURE_INPUT` for a component that the request lacks or that is not known.
 */
export const signatureBase = (
  request: SignedRequest,
  components: readonly string[],
  parametersText: string,
): string => {
  if (new Set(components).size !== components.length) {
    throw new DocvalError("SIGNATURE_INPUT", "expected each component once");
  }
  const lines = components.map((name) => `"${name}": ${componentValue(request, name)}`);
  return [...lines, `"@signature-params": ${parametersText}`].join("\n");
};

const componentValue = ({ method, targetUri, headers }: SignedRequest, name: string): string => {
  if (name === "@method") return method;
  if (name === "@target-uri") return targetUri;
  const isHeader = /^[a-z0-9!#$%&'*+.^_|~-]+$/.test(name) && Object.hasOwn(headers, name);
  const value = isHeader ? headers[name] : undefined;
  if (value === undefined || /[\r\n]/.test(value)) {
    throw new DocvalError("SIGNATURE_INPUT", "expected components that the request has", {
      path: name,
    });
  }
  return value.trim();
};
