import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Webhooks } from '@octokit/webhooks';
import { messageOf } from '../domain/errors.ts';
import { type Delivery, type DeliveryDesk, type NewsDelivery, NewsEvent } from '../ports/delivery.ts';
import type { Log } from '../ports/log.ts';
import type { Answer } from './answer.ts';
import { newsOf } from './news-payload.ts';
import { pushOf } from './push-payload.ts';
import type { BodyReader } from './read-body.ts';

/** What is done once the answer is on its way. */
export type Taken = { answer: Answer; afterwards?: () => Promise<void> };

type Reached = { secret: string; readBody: BodyReader; desk: DeliveryDesk; log: Log };

type Head = { delivery: string; event: string; signature: string };

/**
 * Takes one delivery: only one that is signed with the secret is read at all, and it is kept before GitHub is told so. What is in it
 * only rings a bell: what is deployed, and how checks and reviews stand, is read from GitHub afterwards, so that a replayed or a
 * late one deploys nothing that a ref does not point at now.
 */
export async function takeWebhook(request: IncomingMessage, reached: Reached): Promise<Taken> {
  const head = headOf(request);
  if ('status' in head) return { answer: head };
  const body = await reached.readBody(request);
  if (body.kind === 'too-large') return refused(413, 'The delivery is larger than 25 MB.', { isLast: true });
  if (body.kind === 'too-much')
    return refused(503, 'Too much is delivered at once. Deliver it again.', { isLast: true });
  if (!(await isSigned(body.bytes, head, reached.secret))) {
    return refused(401, 'The signature is not of this delivery and the secret that Forge has.');
  }
  if (head.event === 'ping') return refused(200, 'Forge hears GitHub.');
  const text = body.bytes.toString('utf8');
  const said = `said/${createHash('sha256').update(`${head.event}\n`).update(text).digest('hex')}`;
  if (head.event === 'push') return keep(pushOf(text, said), head, reached);
  const { data: event } = NewsEvent.safeParse(head.event);
  if (event === undefined) return refused(200, 'Forge needs no events of this kind.');
  return takeNews(newsOf(event, text, said), head, reached);
}

/** Of many of them nobody wants to know: those are not kept. */
async function takeNews(news: NewsDelivery | undefined, head: Head, reached: Reached): Promise<Taken> {
  const { desk, log } = reached;
  try {
    if (news !== undefined && !(await desk.isAwaited(news))) return refused(200, 'Nothing waits for it.');
  } catch (error) {
    return notKept(error, head, log);
  }
  return keep(news, head, reached);
}

async function keep(told: Delivery | undefined, head: Head, { desk, log }: Reached): Promise<Taken> {
  if (told === undefined) return refused(400, `It is signed, but no ${head.event} that Forge can read.`);
  const id = `github/${head.delivery}`;
  try {
    if (!(await desk.keep({ id, told }))) return refused(200, 'Forge has this already. Nothing was done.');
  } catch (error) {
    return notKept(error, head, log);
  }
  return { answer: { status: 202, says: 'Forge looks at it now.' }, afterwards: () => desk.process(id) };
}

function notKept(error: unknown, { delivery }: Head, log: Log): Taken {
  log.error('What GitHub delivered could not be kept', { delivery, error: messageOf(error) });
  return refused(503, 'Forge could not keep it. Deliver it again.');
}

/** What can be judged before anything of the body is read. */
function headOf({ headers }: IncomingMessage): Head | Answer {
  const delivery = textOf(headers['x-github-delivery'], /^[\w-]{1,100}$/u);
  const event = textOf(headers['x-github-event'], /^[a-z_]{1,60}$/u);
  const signature = textOf(headers['x-hub-signature-256'], /^sha256=[0-9a-f]{64}$/u);
  const type = headers['content-type'] ?? '';
  if (signature === undefined) {
    return {
      status: 401,
      says: 'It is not signed. Give the webhook in GitHub the secret that Forge has.',
      isLast: true,
    };
  }
  if (delivery === undefined || event === undefined) {
    return { status: 400, says: 'X-GitHub-Delivery or X-GitHub-Event is missing or odd.', isLast: true };
  }
  if (!/^application\/json\s*(?:;|$)/iu.test(type)) {
    return {
      status: 415,
      says: 'Set the content type of the webhook in GitHub to application/json.',
      isLast: true,
    };
  }
  return { delivery, event, signature };
}

function textOf(header: string | string[] | undefined, pattern: RegExp): string | undefined {
  return typeof header === 'string' && pattern.test(header) ? header : undefined;
}

/** In constant time. What is no UTF-8 is not what GitHub signed: read as text, it would be other bytes than those that came. */
async function isSigned(bytes: Buffer, { signature }: Head, secret: string): Promise<boolean> {
  if (bytes.length === 0 || !isUtf8(bytes)) return false;
  return new Webhooks({ secret }).verify(bytes.toString('utf8'), signature);
}

function refused(status: number, says: string, more: Pick<Answer, 'isLast'> = {}): Taken {
  return { answer: { status, says, ...more } };
}
