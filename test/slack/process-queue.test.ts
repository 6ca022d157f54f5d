import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../src/ports/incoming.ts';
import { createProcessQueue } from '../../src/slack/process-queue.ts';
import { type LogLine, recordingLog } from './harness.ts';

const command = (id: string): Incoming => ({
  ...{ kind: 'command', id, userId: 'U0MAYA', receivedAt: 0, text: 'status', channel: 'C0DEPLOYS' },
  ...{ responseUrl: 'http://127.0.0.1/answer', triggerId: id },
});
const homeOpened = (id: string): Incoming => ({ kind: 'home-opened', id, userId: 'U0MAYA', receivedAt: 0 });

function recordingQueue(process: (incoming: Incoming) => Promise<void> = async () => undefined) {
  const begun: string[] = [];
  const lines: LogLine[] = [];
  const queue = createProcessQueue({
    process: (incoming) => {
      begun.push(incoming.id);
      return process(incoming);
    },
    log: recordingLog(lines),
  });
  return { queue, begun, lines };
}

describe('the queue of what was kept', () => {
  it('begins everything, the oldest first and the App Home last', async () => {
    const { queue, begun } = recordingQueue();
    queue.add(homeOpened('home'));
    for (let index = 0; index < 25; index += 1) queue.add(command(`command ${index}`));

    await queue.idle();

    expect(begun).toEqual([...Array.from({ length: 25 }, (_, index) => `command ${index}`), 'home']);
  });

  it('waits while more arrives, so that what arrives together is acknowledged first', async () => {
    const { queue, begun } = recordingQueue();
    const begunWhileArriving: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      queue.add(command(`command ${index}`));
      await new Promise((resolve) => setImmediate(resolve));
      begunWhileArriving.push(begun.length);
    }

    await queue.idle();

    expect(begunWhileArriving).toEqual([0, 0, 0, 0, 0]);
    expect(begun).toHaveLength(5);
  });

  it('waits only so long for a stream that does not end', async () => {
    const { queue, begun } = recordingQueue();
    for (let index = 0; begun.length === 0; index += 1) {
      queue.add(command(`command ${index}`));
      await new Promise((resolve) => setImmediate(resolve));
    }

    await queue.idle();

    expect(begun[0]).toBe('command 0');
  });

  it('does not let one that takes for ever hold up another', async () => {
    const { queue, begun } = recordingQueue(() => new Promise(() => undefined));
    for (let index = 0; index < 50; index += 1) queue.add(command(`command ${index}`));

    await expect.poll(() => begun.length).toBe(50);
  });

  it('goes on after one that failed, and says so', async () => {
    const { queue, begun, lines } = recordingQueue(({ id }) =>
      id === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(),
    );
    queue.add(command('bad'));
    queue.add(command('good'));

    await queue.idle();

    expect(begun).toEqual(['bad', 'good']);
    expect(lines).toMatchObject([{ level: 'error', fields: { id: 'bad', problem: 'no' } }]);
  });
});
