import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Store } from '../../src/ports/store.ts';
import { DEPLOY_BELL, ringDeploying } from '../../src/use-cases/deploy-bell.ts';
import { consent, declareEmergency } from '../../src/use-cases/let-start.ts';
import { PREPARE_BELL } from '../../src/use-cases/prepare-bell.ts';
import { wakeWaiting } from '../../src/use-cases/wake-waiting.ts';
import { aPerson, aPlan, aPolicy, aRegion } from '../builders.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { storyTo } from '../in-phase.ts';
import { person } from '../jobs/forge-world.ts';

const policy = aPolicy();
const digest = askedAbout(aPlan(), policy.version, undefined);
const waits = (what: 'consent' | 'freeze'): DeploymentEvent => ({
  ...{ type: 'region-waiting', region: aRegion, for: what, why: 'It is late.' },
});

describe('a deployment that waits in a region', () => {
  let clock: FakeClock;
  let database: Database;
  let store: Store;
  beforeEach(() => {
    clock = createFakeClock();
    database = openDatabase(':memory:');
    store = createStore(database, { clock });
  });
  afterEach(() => database.close());

  async function happened(...events: DeploymentEvent[]): Promise<void> {
    const story = { by: aPerson, cause: 'the story', events: [...storyTo('running'), ...events] };
    await store.commit([{ kind: 'append', deployment: 1, expect: 0, ...story }]);
  }
  const reached = () => ({ store, policy, clock });
  const request = { deployment: 1, digest, why: 'customers wait' };

  it('for consent goes on with it, and keeps who gave it and why', async () => {
    await happened(waits('consent'));

    await consent(request, person('U0LENA'), reached());

    expect((await store.deployment(1))?.consent).toMatchObject({
      by: { userId: 'U0LENA' },
      why: 'customers wait',
    });
  });

  it('for anything else waits for nobody’s consent', async () => {
    await happened(waits('freeze'));

    await expect(consent(request, person('U0LENA'), reached())).rejects.toThrow(
      'does not wait for anybody’s consent',
    );
  });

  it('goes on in an emergency, and leaves a review due', async () => {
    await happened(waits('freeze'));

    await declareEmergency(request, person('U0LENA'), reached());

    const { emergency, review } = (await store.deployment(1)) ?? {};
    expect(emergency).toMatchObject({ by: { userId: 'U0LENA' }, digest });
    expect(review?.due).toBe(clock.now() + 24 * 60 * 60_000);
  });

  it('goes on only as it was seen, with a reason, and by another than who asked for it', async () => {
    await happened(waits('freeze'));
    const of = (change: object) => ({ ...request, ...change });

    await expect(declareEmergency(of({ digest: 'another' }), person('U0LENA'), reached())).rejects.toThrow(
      'has changed since you looked',
    );
    await expect(declareEmergency(of({ why: '  ' }), person('U0LENA'), reached())).rejects.toThrow('say why');
    await expect(declareEmergency(request, person('U0MAYA'), reached())).rejects.toThrow(
      'another incident commander',
    );
  });

  it.each<[string, DeploymentEvent[], string]>([
    ['does not wait', [], '#1 has started already'],
    [
      'has gone on',
      [waits('consent'), { type: 'region-goes-on', region: aRegion }],
      '#1 has started already',
    ],
    ['is being aborted', [waits('consent'), { type: 'abort-requested' }], '#1 has started already'],
    ['has ended', [waits('consent'), { type: 'succeeded' }], '#1 is over'],
  ])('and then %s is let go by nobody', async (_what, events, words) => {
    await happened(...events);

    await expect(consent(request, person('U0LENA'), reached())).rejects.toThrow(words);
    await expect(declareEmergency(request, person('U0LENA'), reached())).rejects.toThrow(words);
  });

  it('is rung at when anything changes that may hold it up, as those that have not begun', async () => {
    await happened(waits('freeze'));
    const story = { by: aPerson, cause: 'another story' };
    await store.commit([{ kind: 'append', deployment: 2, expect: 0, ...story, events: storyTo('checking') }]);
    const ring = { arrival: 'A1', by: 'U0RAVI' };

    const rung = await wakeWaiting(() => true, ring, store);

    expect(rung).toMatchObject([
      { run: 'prepare/2', name: PREPARE_BELL, id: 'A1' },
      { run: 'deploy/1', name: DEPLOY_BELL, id: 'A1' },
    ]);
    expect(await wakeWaiting(({ environment }) => environment === 'staging', ring, store)).toEqual([]);
  });

  it('is rung at in the run that works on it now', () => {
    expect(ringDeploying({ number: 7, run: 'deploy/7/2' }, { id: 'x', by: 'y' }).run).toBe('deploy/7/2');
    expect(ringDeploying({ number: 7 }, { id: 'x', by: 'y' }).run).toBe('deploy/7');
  });
});

it('a rollback is rung at by nobody, since nothing holds it up', async () => {
  const clock = createFakeClock();
  const database = openDatabase(':memory:');
  const store = createStore(database, { clock });
  const events = storyTo('running', { undoes: 3 });
  await store.commit([{ kind: 'append', deployment: 1, expect: 0, by: aPerson, cause: 'c', events }]);

  expect(await wakeWaiting(() => true, { arrival: 'A1', by: 'U0RAVI' }, store)).toEqual([]);
  database.close();
});
