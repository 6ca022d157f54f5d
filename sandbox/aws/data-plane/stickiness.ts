import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The real load balancers' cookies: the target group of a rule's choice, and the target within a group. */
export type StickyCookie = 'AWSALBTG' | 'AWSALB';

/** What the client was given before, while it is valid; the value only means something to this sandbox. */
export function stickyMark(request: IncomingMessage, cookie: StickyCookie): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((one) => one.trim());
  const value = cookies.find((one) => one.startsWith(`${cookie}=`))?.slice(cookie.length + 1);
  const [mark, untilMs] = value?.split('.') ?? [];
  return Number(untilMs) > Date.now() ? mark : undefined;
}

/** The header that makes the client come back to the same; every answer renews it. */
export function stickyHeader(cookie: StickyCookie, name: string, lastsMs: number): string {
  const until = new Date(Date.now() + lastsMs);
  return `${cookie}=${markOf(name)}.${until.getTime()}; Expires=${until.toUTCString()}; Path=/`;
}

export function markOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
