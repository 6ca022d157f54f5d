import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Webhooks } from '@octokit/webhooks';
import { messageOf } from '../domain/errors.ts';
import type { DeliveryDesk } from '../ports/delivery.ts';
import type { Log } from '../ports/log.ts';
import type { Answer } from './answer.ts';
import { pushOf } from './push-payload.ts';
import type { BodyReader } from './read-body.ts';

/** What is done once the answer is on its way. */
export type Taken = { answer: Answer; afterwards?: () => Promise<void> };

type Reached = { secret: string; readBody: BodyReader; desk: DeliveryDesk; log: Log };

type Head = { delivery: string; event: string; signature: string };

/**
 * Takes one delivery: only one that is signed with the secret is read at all, and a push is kept before GitHub is told so.
 * What is in it only rings a bell: what is deployed is read from GitHub afterwards, so that a replayed or a late one deploys
 * nothing that a ref does not point at now.
 */
export async function takeWebhook(request: IncomingMessage, reached: Reached): Promise<Taken> {
  const head = headOf(request);
  if ('status' in head) return { answer: head };
  const body = await reached.readBody(request);
  if (body.kind === 'too-large') return refused(413, 'The delivery is larger than 25 MB.', { isLast: true });
  if (body.kind === 'too-much')
    return refused(503, 'Too much is delivered at once. Deliver it again.', { isLast: true });
  const text = body.bytes.toString('utf8');
  if (!(await isSigned(text, head, reached.secret))) {
    return refused(401, 'The signature is not of this delivery and the secret that Forge has.');
  }
  if (head.event === 'ping') return refused(200, 'Forge hears GitHub.');
  if (head.event !== 'push') return refused(200, 'Forge needs no events of this kind.');
  return takePush(text, head, reached);
}

async function takePush(text: string, { delivery, event }: Head, { desk, log }: Reached): Promise<Taken> {
  const said = `said/${createHash('sha256').update(`${event}\n`).update(text).digest('hex')}`;
  const push = pushOf(text, said);
  if (push === undefined) return refused(400, 'It is signed, but no push that Forge can read.');
  const id = `github/${delivery}`;
  try {
    if (!(await desk.keep({ id, push }))) return refused(200, 'Forge has this already. Nothing was done.');
  } catch (error) {
    log.error('What GitHub delivered could not be kept', { delivery, error: messageOf(error) });
    return refused(503, 'Forge could not keep it. Deliver it again.');
  }
  return { answer: { status: 202, says: 'Forge looks at it now.' }, afterwards: () => desk.process(id) };
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

/** In constant time. */
async function isSigned(text: string, { signature }: Head, secret: string): Promise<boolean> {
  return text !== '' && new Webhooks({ secret }).verify(text, signature);
}

function refused(status: number, says: string, more: Pick<Answer, 'isLast'> = {}): Taken {
  return { answer: { status, says, ...more } };
}
