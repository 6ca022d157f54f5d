import type { IncomingMessage } from 'node:http';

/** Who calls, and which service of which region. */
export type Credential = { accessKeyId: string; region: string; service: string };

/** Reads the credential scope of a SigV4 signature; the signature itself is not checked. */
export function readCredential(request: IncomingMessage): Credential | undefined {
  const authorization = request.headers.authorization ?? '';
  const scope = /^AWS4-HMAC-SHA256 .*Credential=([^/\s]+)\/\d{8}\/([^/\s]+)\/([^/\s]+)\/aws4_request/.exec(
    authorization,
  );
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}

/** An access key whose last 12 characters are digits belongs to that account. */
export function accountOf({ accessKeyId }: Credential): string | undefined {
  return /(\d{12})$/.exec(accessKeyId)?.[1];
}
