import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const begun: DeploymentEvent[] = [{ type: 'checking' }, { type: 'started' }];
/** With channels of its own for every eighth. */
const FIRST = 11;

describe('publishing what many deployments do at once', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld();
    world.publish();
  });
  afterEach(() => world.close());

  const numbers = (count: number) => Array.from({ length: count }, (_, index) => FIRST + index);
  const run = async (count: number) => {
    for (const number of numbers(count)) await world.record(number, ...begun);
    await world.clock.advance(75_000);
  };
  const endAll = async (all: readonly number[]) => {
    for (const number of all) await world.record(number, { type: 'succeeded' });
  };
  const showingTheEnd = () =>
    world.chat.messages().filter(({ message }) => message.text.includes('v1.1.0 is live'));
  const mostWithin = (milliseconds: number, times: readonly number[]) =>
    Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + milliseconds).length));

  it('shows twenty-five ends of the same moment within five seconds', async () => {
    await run(40);
    await endAll(numbers(25));

    await world.clock.advance(5_000);

    expect(showingTheEnd()).toHaveLength(25);
  });

  it('shows more ends than Slack takes in the order in which they came, and each in the end', async () => {
    await run(60);
    const inOrder = numbers(60).toReversed();
    for (const number of inOrder) {
      await world.record(number, { type: 'succeeded' });
      await world.clock.advance(50);
    }
    const before = world.chat.calls.length;
    await world.clock.advance(100_000);

    const shown = world.chat.calls.slice(before).filter(({ method }) => method === 'update');
    const ids = shown.map(({ id }) => Number(id));
    expect(ids).toEqual(inOrder.filter((number) => ids.includes(number)));
    expect(showingTheEnd()).toHaveLength(60);
  });

  it('says of an end that is shown late that it is, and of one in time nothing', async () => {
    await run(60);
    await endAll(numbers(60));
    await world.clock.advance(100_000);

    const messages = showingTheEnd().map(({ message }) => JSON.stringify(message));
    const late = messages.filter((message) => message.includes('after it ended: Slack took it'));
    expect(late.length).toBeGreaterThan(20);
    expect(late.length).toBeLessThan(60 - 20);
  });

  it('tells the end in the thread though the message has to wait', async () => {
    await run(60);
    await endAll(numbers(60));
    await world.clock.advance(20_000);

    const lines = world.chat.kept.filter(({ threadTs, message }) => {
      return threadTs !== undefined && message.text.includes(':white_check_mark:');
    });
    expect(showingTheEnd().length).toBeLessThan(55);
    expect(lines.length).toBeGreaterThan(showingTheEnd().length);
  });

  it('says in a message that is seldom edited as of when it is', async () => {
    await run(40);

    const running = world.chat.messages().map(({ message }) => JSON.stringify(message));
    expect(running.filter((message) => message.includes('many deployments are under way'))).not.toEqual([]);
  });

  it('keeps within what Slack takes, edits and posts alike', async () => {
    await run(60);
    await endAll(numbers(60));
    await world.clock.advance(100_000);

    const times = (method: string, channel?: string) =>
      world.chat.calls
        .filter((call) => call.method === method && (channel ?? call.channel) === call.channel)
        .map(({ at }) => at);
    expect(mostWithin(60_000, times('update'))).toBeLessThanOrEqual(48);
    expect(mostWithin(1_000, times('update'))).toBeLessThanOrEqual(23);
    expect(mostWithin(60_000, times('post'))).toBeLessThanOrEqual(300);
    expect(mostWithin(60_000, times('post', 'C0CROWD3'))).toBeLessThanOrEqual(60);
    expect(mostWithin(1_000, times('post', 'C0CROWD3'))).toBeLessThanOrEqual(5);
  });

  it('leaves all messages alone as long as Slack asks for patience with one', async () => {
    await run(3);
    world.chat.break({ method: 'update', kind: 'limited', retryAfterMs: 30_000, times: 1 });
    const before = world.chat.calls.length;
    await endAll(numbers(1));
    await world.clock.advance(500);
    await endAll(numbers(3).slice(1));

    await world.clock.advance(29_000);

    expect(world.chat.calls.slice(before).filter(({ method }) => method === 'update')).toHaveLength(1);
    await world.clock.advance(5_000);
    expect(showingTheEnd()).toHaveLength(3);
  });

  it('is not held up by one call that gets no answer', async () => {
    await run(3);
    const hanging = new Promise<never>(() => undefined);
    let isFirst = true;
    const update: typeof world.chat.update = (request) => {
      if (!isFirst) return world.chat.update(request);
      isFirst = false;
      return hanging;
    };
    world.publish({
      chat: {
        unsupported: world.chat.unsupported,
        post: (request) => world.chat.post(request),
        findPosted: (request) => world.chat.findPosted(request),
        permalink: (request) => world.chat.permalink(request),
        update,
      },
    });
    await endAll(numbers(3));

    await world.clock.advance(5_000);

    expect(showingTheEnd()).toHaveLength(2);
  });
});
