const words: Record<string, string> = {
  EADDRNOTAVAIL: 'this machine has no free port for a connection',
  EAI_AGAIN: 'its name could not be looked up',
  EAI_FAIL: 'its name could not be looked up',
  EAI_NODATA: 'its name is not known',
  EAI_NONAME: 'its name is not known',
  ECONNABORTED: 'the connection was cut',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EHOSTDOWN: 'there is no way to it',
  EHOSTUNREACH: 'there is no way to it',
  EMFILE: 'Forge has too many files open',
  ENETDOWN: 'the network is down',
  ENETRESET: 'the connection was cut',
  ENETUNREACH: 'there is no way to it',
  ENFILE: 'this machine has too many files open',
  ENOBUFS: 'this machine has no room for a connection',
  ENOTFOUND: 'its name is not known',
  EPIPE: 'the connection was cut',
  EPROTO: 'no secure connection came about',
  ETIMEDOUT: 'the connection timed out',
};

/** What Node calls a connection that is not to be trusted, or that could not be made secret. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_|ERROR_IN_C|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;

/** What is wrong with the network, for people; undefined when the error and its causes are about something else. */
export function networkTrouble(error: Error): string | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined && Object.hasOwn(words, code)) return words[code];
  if (code !== undefined && tlsCode.test(code)) return 'its certificate is not to be trusted';
  return error.cause instanceof Error ? networkTrouble(error.cause) : undefined;
}
