import { existsSync, realpathSync, statSync } from 'node:fs';
import { authorityFiles } from './environment-inside.ts';

/** Of /etc only what programs cannot do without: no passwords, no keys, nothing of other services. */
const ETC = [
  ...['alternatives', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'localtime', 'mime.types', 'services'],
  ...[
    'protocols',
    'ssl/certs',
    'ssl/openssl.cnf',
    'ssl/cert.pem',
    // Not the folder around them, which holds private keys.
    'pki/tls/certs',
    'pki/tls/cert.pem',
    'pki/tls/openssl.cnf',
    'pki/ca-trust',
    'ca-certificates',
  ],
];

/**
 * The part of bwrap's command line that lets a command see the machine's programs, and of everything else nothing. `hidden`: what lies
 * among the programs and is not seen either. Source: bwrap(1).
 */
export function walls(hidden: readonly string[]): string[] {
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
    ...['--cap-drop', 'ALL', '--hostname', 'runner', '--uid', '1000', '--gid', '1000', '--clearenv'],
    ...['--ro-bind', '/usr', '/usr'],
    ...['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'].flatMap(programs),
    ...ETC.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...[
      '--proc',
      '/proc',
      // Else a command could take back that it goes first when memory runs out.
      '--remount-ro',
      '/proc',
      '--dev',
      '/dev',
      '--size',
      `${2 ** 28}`,
      '--tmpfs',
      '/dev/shm',
      '--remount-ro',
      '/dev',
    ],
    ...Object.values(authorityFiles()).flatMap((file) => ['--ro-bind-try', file, file]),
    ...amongPrograms(hidden).flatMap(hide),
  ];
}

/** A link into /usr on most machines, a folder on some. */
function programs(name: string): string[] {
  const path = `/${name}`;
  if (!existsSync(path)) return [];
  const real = realpathSync(path);
  return real === path ? ['--ro-bind', path, path] : ['--symlink', real.slice(1), path];
}

/** What lies in another one that is hidden is hidden with it. */
function amongPrograms(hidden: readonly string[]): string[] {
  const among = hidden.filter((path) => path.startsWith('/usr/'));
  return among.filter((path) => !among.some((other) => path.startsWith(`${other}/`)));
}

function hide(path: string): string[] {
  if (!existsSync(path)) return [];
  return statSync(path).isDirectory()
    ? ['--size', '4096', '--tmpfs', path, '--remount-ro', path]
    : ['--ro-bind', '/dev/null', path];
}
