import { existsSync } from 'node:fs';

const BASH = '/bin/bash';
const CLOSE =
  'for f in $(cd /proc/$$/fd && echo *); do [ "$f" -gt "$0" ] && [ "$f" -ne 255 ] && eval "exec $f>&-"; done; exec "$@"';

/**
 * The beginning of a command line that closes every file above `last`: whoever started Forge may have left it some open, which every
 * program that it starts would have. Empty where there is no bash: only that one closes files beyond 9.
 */
export function closingAbove(last: number): string[] {
  return existsSync(BASH) ? [BASH, '--noprofile', '--norc', '-c', CLOSE, `${last}`] : [];
}
