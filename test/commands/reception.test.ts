import { describe, expect, it } from 'vitest';
import { takeUpArrivals } from '../../commands/reception.ts';
import type { Incoming } from '../../src/ports/incoming.ts';
import type { Store } from '../../src/ports/store.ts';
import { type Answer, TestDesk } from './front-desk.ts';

const command = (text: string, id = 'command:1'): Incoming => ({
  kind: 'command',
  id,
  userId: 'U0MAYA',
  receivedAt: 0,
  text,
  channel: 'C0DEPLOYS',
  responseUrl: 'https://hooks.test',
  triggerId: 'trigger',
});

/** What it answers when it takes up, as after a restart, whatever was kept and not done. */
function restarted(desk: TestDesk): Promise<Answer> {
  return desk.answerTo(async () => takeUpArrivals(await desk.store.openArrivals(), desk.desk));
}

/** What `deploy staging`, which was kept, is answered with while so much time passes. */
async function processedIn(milliseconds: number, desk: TestDesk): Promise<Answer> {
  const processing = desk.answerTo(() => desk.reception.process(command('deploy staging')));
  await desk.clock.advance(milliseconds);
  return processing;
}

describe('what was kept', () => {
  it('is done once, however often it is begun', async () => {
    const desk = new TestDesk();
    await desk.reception.keep(command('deploy staging'));

    const first = await desk.answerTo(() => desk.reception.process(command('deploy staging')));
    const second = await desk.answerTo(() => desk.reception.process(command('deploy staging')));

    expect(first.words).toContain('#1');
    expect(second.words).toBe('');
    expect(await desk.store.nextNumber()).toBe(2);
  });

  it('is kept once', async () => {
    const desk = new TestDesk();

    expect(await desk.reception.keep(command('status'))).toBe(true);
    expect(await desk.reception.keep(command('status'))).toBe(false);
  });

  it('is taken up after a restart, in the order it arrived', async () => {
    const desk = new TestDesk();
    await desk.reception.keep(command('deploy api staging', 'command:1'));
    await desk.reception.keep(command('deploy billing-worker staging', 'command:2'));

    await restarted(desk);

    expect((await desk.store.deployment(1))?.service).toBe('api');
    expect((await desk.store.deployment(2))?.service).toBe('billing-worker');
    expect(await desk.store.openArrivals()).toEqual([]);
  });

  it('longer than ten minutes ago is told, not done', async () => {
    const desk = new TestDesk();
    await desk.reception.keep(command('deploy staging because <@U0LENA|lena> asked'));
    await desk.clock.advance(10 * 60_000 + 1_000);

    const answer = await restarted(desk);

    expect(answer.words).toBe(
      'Forge was not running when you typed `/forge deploy staging because @lena asked` 10 min 1 s ago. It was not done; ask again if you still want it.',
    );
    expect(await desk.store.nextNumber()).toBe(1);
    expect(await desk.store.openArrivals()).toEqual([]);
  });

  it('ten minutes ago is still done', async () => {
    const desk = new TestDesk();
    await desk.reception.keep(command('deploy staging'));
    await desk.clock.advance(10 * 60_000);

    await restarted(desk);

    expect(await desk.store.nextNumber()).toBe(2);
  });

  it('of the Home is not told of when it is too late', async () => {
    const desk = new TestDesk();
    await desk.reception.keep({ kind: 'home-opened', id: 'home:1', userId: 'U0MAYA', receivedAt: 0 });
    await desk.clock.advance(11 * 60_000);

    const answer = await restarted(desk);

    expect(answer.words).toBe('');
    expect(await desk.store.openArrivals()).toEqual([]);
  });

  it('that ended Forge three times is not tried a fourth time, and the person is told', async () => {
    const desk = new TestDesk();
    await desk.reception.keep(command('deploy staging'));
    for (const _life of [1, 2, 3]) await desk.store.beginArrival('command:1');

    const answer = await restarted(desk);

    expect(answer.words).toContain('You typed `/forge deploy staging`, and Forge could not finish that');
    expect(await desk.store.nextNumber()).toBe(1);
  });

  it('by another version and cannot be read is logged and left', async () => {
    const desk = new TestDesk();
    await desk.store.keepArrival({ id: 'x', kind: 'telepathy', payload: { kind: 'telepathy' } });

    await restarted(desk);

    expect(desk.lines).toMatchObject([{ level: 'error', fields: { arrival: 'x' } }]);
    expect(await desk.store.openArrivals()).toEqual([]);
  });
});

describe('a database that cannot be used for a while', () => {
  it('delays what was kept, and nothing is lost', async () => {
    const failures = { beginArrival: 2, finishArrival: 0 };
    const desk = new TestDesk({ store: (store) => failing(store, failures) });
    await desk.reception.keep(command('deploy staging'));

    const answer = await processedIn(20_000, desk);

    expect(answer.words).toContain('Deployment #1 of Public API to staging has begun');
    expect(desk.lines.map(({ level }) => level)).toEqual(['error', 'error']);
  });

  it('does not have it done twice when only the end could not be written', async () => {
    const failures = { beginArrival: 0, finishArrival: 1 };
    const desk = new TestDesk({ store: (store) => failing(store, failures) });
    await desk.reception.keep(command('deploy staging'));

    await processedIn(20_000, desk);

    expect(await desk.store.nextNumber()).toBe(2);
  });

  it('for long leaves it to the next start', async () => {
    const failures = { beginArrival: 99, finishArrival: 0 };
    const desk = new TestDesk({ store: (store) => failing(store, failures) });
    await desk.reception.keep(command('deploy staging'));

    const processing = desk.reception.process(command('deploy staging'));
    const outcome = expect(processing).rejects.toThrow('disk I/O error');
    await desk.clock.advance(60_000);
    await outcome;
    failures.beginArrival = 0;
    await restarted(desk);

    expect(await desk.store.nextNumber()).toBe(2);
  });
});

describe('a fault of Forge itself', () => {
  it('is told with a reference that the log has too', async () => {
    const desk = new TestDesk({
      store: (store) => ({ ...store, nextNumber: () => Promise.reject(new TypeError('of null')) }),
    });

    const answer = await desk.types('deploy staging');

    const [, reference] = /reference `([0-9a-f]{8})`/u.exec(answer.words) ?? [];
    expect(answer.words).toContain('does not know whether this was done. Look with `/forge status`');
    expect(answer.words).not.toContain('of null');
    expect(desk.lines).toMatchObject([{ level: 'error', fields: { reference, error: 'of null' } }]);
  });
});

/** A store whose methods fail so many times. */
function failing(store: Store, failures: { beginArrival: number; finishArrival: number }): Store {
  const strike = (method: keyof typeof failures) => {
    if (failures[method] <= 0) return;
    failures[method] -= 1;
    throw new Error('disk I/O error');
  };
  return {
    ...store,
    async beginArrival(id) {
      strike('beginArrival');
      return store.beginArrival(id);
    },
    async finishArrival(id, outcome) {
      strike('finishArrival');
      return store.finishArrival(id, outcome);
    },
  };
}
