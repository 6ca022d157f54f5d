import { dirname, isAbsolute } from 'node:path';

/** Where programs are looked for, besides the folder of the Node that runs Forge. */
const USUAL_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Which authorities this machine trusts: names of files, of nothing secret. */
const AUTHORITIES = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'REQUESTS_CA_BUNDLE',
];

/** Where Forge's environment says that certificates of authorities are, by the variable. */
export function authorityFiles(): Record<string, string> {
  const all = AUTHORITIES.map((name) => [name, process.env[name] ?? ''] as const);
  return Object.fromEntries(all.filter(([, file]) => isAbsolute(file)));
}

/** Folders as the command sees them. */
export type Seen = { work: string; home: string; tmp: string };

/** Everything a command finds in its environment: nothing of Forge's own. */
export function environmentInside(
  seen: Seen,
  { node = dirname(process.execPath), user = 'runner' }: { node?: string; user?: string } = {},
): Record<string, string> {
  return {
    PATH: `${node}:${USUAL_PATH}`,
    HOME: seen.home,
    TMPDIR: seen.tmp,
    USER: user,
    LOGNAME: user,
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    CI: 'true',
    ...authorityFiles(),
    // Among what is thrown away: kept with the dependencies it would be copied for each command.
    npm_config_cache: `${seen.tmp}/npm-cache`,
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
  };
}
