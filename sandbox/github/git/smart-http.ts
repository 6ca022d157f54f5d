import { spawn } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type Git, gitEnvironment } from './git.ts';

export type GitService = 'git-upload-pack' | 'git-receive-pack';
export type GitAnswer = { contentType: string; bytes: Buffer };

/** Nothing that goes on by itself, nothing hidden moved, and any commit to be fetched by its name, as at GitHub. */
const SETTINGS = [
  'gc.auto=0',
  'receive.autogc=false',
  'receive.hideRefs=refs/pull',
  'uploadpack.allowAnySHA1InWant=true',
  'uploadpack.allowFilter=true',
];

/** What git's own client asks for: `info/refs?service=…`, then `git-upload-pack` or `git-receive-pack`. */
export function serviceOf(
  method: string | undefined,
  { rest, query }: { rest: string; query: URLSearchParams },
): { service: GitService; isOffer: boolean } | undefined {
  const asked = query.get('service') ?? '';
  if (method === 'GET' && rest === 'info/refs' && isService(asked)) return { service: asked, isOffer: true };
  if (method === 'POST' && isService(rest)) return { service: rest, isOffer: false };
  return undefined;
}

function isService(name: string): name is GitService {
  return name === 'git-upload-pack' || name === 'git-receive-pack';
}

/** Lets git itself answer. */
export async function gitAnswer(
  git: Git,
  { service, isOffer, home }: { service: GitService; isOffer: boolean; home: string },
  request: IncomingMessage,
): Promise<GitAnswer> {
  const version = request.headers['git-protocol'];
  const protocol = typeof version === 'string' && /^[\w=:]+$/.test(version) ? version : '';
  const words = ['--stateless-rpc', ...(isOffer ? ['--http-backend-info-refs'] : []), git.directory];
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [...settings, service.slice('git-'.length), ...words], {
    cwd: git.directory,
    env: { ...gitEnvironment(home), GIT_PROTOCOL: protocol },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const body = isOffer ? Buffer.alloc(0) : await bodyOf(request);
  // It may end before it has read everything: what it says then is the answer.
  child.stdin.on('error', () => undefined);
  child.stdin.end(body);
  const output = await Promise.race([buffer(child.stdout), failed]);
  // The second protocol says by itself what it is.
  const isAnnounced = isOffer && !protocol.includes('version=2');
  return {
    contentType: `application/x-${service}-${isOffer ? 'advertisement' : 'result'}`,
    bytes: isAnnounced ? Buffer.concat([announcement(service), output]) : output,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const bytes = await buffer(request);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
}

function announcement(service: GitService): Buffer {
  const line = `# service=${service}\n`;
  return Buffer.from(`${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`);
}
