import { z } from 'zod';
import { type CodeHost, CodeHostRefused } from '../ports/code-host.ts';
import type { GithubApi } from './api.ts';
import { isLoopback } from './loopback.ts';
import { METADATA } from './permissions.ts';

/** Where git fetches a repository from. */
export function createGitAccess(api: GithubApi): Pick<CodeHost, 'gitAccess'> {
  return {
    async gitAccess(repository, options) {
      const call = {
        what: `find where git fetches ${repository} from`,
        needs: METADATA,
        route: 'GET /repos/{owner}/{repo}' as const,
        answer: z.object({ clone_url: z.url({ protocol: /^https?$/ }) }),
        isOften: true as const,
      };
      const { clone_url: url } = await api.read(repository, call, options);
      requireSafe(url, repository);
      const { token, isScoped } = await api.readToken(repository, options);
      const credentials = Buffer.from(`x-access-token:${token}`);
      const header = { name: 'Authorization', value: `Basic ${credentials.toString('base64')}` };
      return { url: withoutCredentials(url), header, ...(isScoped && { isScoped }) };
    },
  };
}

/** The token goes along: only what is on this machine may be asked without encryption. */
function requireSafe(address: string, repository: string): void {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || isLoopback(hostname)) return;
  throw new CodeHostRefused(
    `Forge does not fetch ${repository} from ${hostname}: GitHub says to do so by ${protocol}//, which would show its token to everybody on the way. Let GitHub be reached by https.`,
    'invalid',
  );
}

function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
