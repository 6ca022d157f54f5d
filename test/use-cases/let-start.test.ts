import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { Caller } from '../../src/domain/caller.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Store } from '../../src/ports/store.ts';
import { consent, declareEmergency, type LetStart } from '../../src/use-cases/let-start.ts';
import {
  aLive,
  anEnvironmentPolicy,
  aPerson,
  aPlan,
  aPolicy,
  aRegion,
  aRequestedEvent,
} from '../builders.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { anAsking } from '../in-phase.ts';
import { person } from '../jobs/forge-world.ts';

const plan = aPlan();
const drifted = aPlan({ from: { [aRegion]: aLive({ version: 'v1.0.1', revision: 'checkout:8' }) } });
const policy = aPolicy({ version: 'p1' });
const digest = askedAbout(plan, 'p1');
const day = 86_400_000;

const forConsent: DeploymentEvent = { type: 'waiting', for: 'consent', why: 'It is not a preferred time.' };
const forFreeze: DeploymentEvent = { type: 'waiting', for: 'freeze', why: 'It is frozen.' };

function underWhich({ emergencyAlone }: { emergencyAlone: boolean }): Policy {
  const approvals = { needs: [], within: 1, emergencyAlone };
  return aPolicy({ version: 'p1', environments: [anEnvironmentPolicy({ approvals })] });
}

const ways = { consent, 'an emergency': declareEmergency };
type Way = keyof typeof ways;

describe('letting a deployment start', () => {
  let clock: FakeClock;
  let database: Database;
  let store: Store;
  beforeEach(() => {
    clock = createFakeClock();
    database = openDatabase(':memory:');
    store = createStore(database, { clock });
  });
  afterEach(() => database.close());

  let causes = 0;

  async function happens(...events: DeploymentEvent[]): Promise<void> {
    causes += 1;
    await store.commit([
      { kind: 'append', deployment: 1, expect: 'any', events, by: aPerson, cause: `it happens ${causes}` },
    ]);
  }

  /** Maya has asked for #1, and it waits. */
  async function waits(event: DeploymentEvent = forConsent): Promise<void> {
    await happens(aRequestedEvent({ plan }), { type: 'checking' }, event);
  }

  type Change = Partial<LetStart> & { caller?: Caller; policy?: Policy };

  function lets(way: Way, { caller = person('U0DANA'), policy: under = policy, ...change }: Change = {}) {
    const request = { deployment: 1, digest, why: 'customers cannot pay', ...change };
    return ways[way](request, caller, { store, policy: under, clock });
  }

  async function types(): Promise<string[]> {
    return (await store.events(1)).map(({ event }) => event.type);
  }

  async function expectRefused(way: Way, change: Change, words: RegExp): Promise<void> {
    const before = await types();
    await expect(lets(way, change)).rejects.toThrow(words);
    await expect(lets(way, change)).rejects.toBeInstanceOf(UserError);
    expect(await types()).toEqual(before);
  }

  describe('by consent', () => {
    it('is kept with who gave it and why', async () => {
      await waits();

      await lets('consent');

      expect((await store.deployment(1))?.consent).toMatchObject({
        ...{ by: { userId: 'U0DANA' }, why: 'customers cannot pay' },
      });
    });

    it('needs no second reason where whoever asked for it gave one', async () => {
      await store.commit([
        {
          ...{
            kind: 'append',
            deployment: 1,
            expect: 0,
            by: aPerson,
            cause: 'the story',
            why: 'it is urgent',
          },
          events: [aRequestedEvent({ plan }), { type: 'checking' }, forConsent],
        },
      ]);

      await lets('consent', { why: ' ' });

      expect((await store.deployment(1))?.consent).toBeDefined();
    });

    it.each<[string, DeploymentEvent]>([
      ['a freeze', forFreeze],
      ['votes', anAsking()],
    ])('is refused where it waits for %s', async (_what, event) => {
      await waits(event);

      await expectRefused('consent', {}, /does not wait for anybody’s consent/u);
    });

    it('is refused a second time', async () => {
      await waits();
      await lets('consent');

      await expectRefused('consent', {}, /does not wait for anybody’s consent/u);
    });
  });

  describe('by an emergency', () => {
    it.each<[string, DeploymentEvent]>([
      ['a freeze', forFreeze],
      ['votes', anAsking()],
      ['consent', forConsent],
    ])(
      'is kept with who called it and why, and leaves a review due in a day: while it waits for %s',
      async (_what, event) => {
        await waits(event);

        await lets('an emergency');

        const state = await store.deployment(1);
        expect(state?.emergency).toMatchObject({
          ...{ digest, by: { userId: 'U0DANA' }, why: 'customers cannot pay' },
        });
        expect(state?.review).toEqual({ due: clock.now() + day });
      },
    );

    it.each<[string, Policy]>([
      ['says nothing of it', policy],
      ['says that nobody acts alone', underWhich({ emergencyAlone: false })],
    ])('is refused to who asked for it where policy %s', async (_what, under) => {
      await waits();

      await expectRefused(
        'an emergency',
        { caller: person('U0MAYA'), policy: under },
        /another incident commander has to/u,
      );
    });

    it('may be called by who asked for it where policy says so', async () => {
      await waits();

      await lets('an emergency', { caller: person('U0MAYA'), policy: underWhich({ emergencyAlone: true }) });

      expect((await store.deployment(1))?.emergency).toBeDefined();
    });

    it('is refused a second time', async () => {
      await waits();
      await lets('an emergency');

      await expectRefused('an emergency', {}, /is an emergency already/u);
    });

    it('is refused while it is checked: it starts by itself', async () => {
      await waits({ type: 'check-finished', name: 'image', detail: 'is there' });

      await expectRefused('an emergency', {}, /waits for nobody: it is being checked/u);
    });
  });

  describe.each<Way>(['consent', 'an emergency'])('by %s', (way) => {
    it.each([undefined, '', '   '])('is refused where the reason is %j', async (why) => {
      await waits();
      const request = why === undefined ? { deployment: 1, digest } : { deployment: 1, digest, why };

      await expect(ways[way](request, person('U0DANA'), { store, policy, clock })).rejects.toThrow(
        'Nothing was done: say why.',
      );
      expect(await types()).not.toContain('consented');
      expect(await types()).not.toContain('emergency-declared');
    });

    it.each<[string, Change]>([
      ['another plan', { digest: askedAbout(drifted, 'p1') }],
      ['the same under another policy', { policy: aPolicy({ version: 'p2' }) }],
    ])('is refused to who saw %s', async (_what, change) => {
      await waits();

      await expectRefused(way, change, /what #1 would do has changed since you looked/u);
    });

    it.each<[string, DeploymentEvent[], RegExp]>([
      ['is over', [{ type: 'aborted' }], /#1 is over, it was aborted/u],
      ['has started', [{ type: 'started' }], /#1 has started already/u],
    ])('is refused once it %s', async (_what, events, words) => {
      await waits();
      await happens(...events);

      await expectRefused(way, {}, words);
    });

    it('is refused where there is no such deployment', async () => {
      await waits();

      await expectRefused(way, { deployment: 7 }, /There is no deployment #7/u);
    });

    it('counts once though the same click is delivered twice', async () => {
      await waits();
      const caller = person('U0DANA', 'one click');

      await Promise.all(
        [lets(way, { caller }), lets(way, { caller })].map((one) => one.catch(() => undefined)),
      );

      const counted = (await types()).filter((type) => type === 'consented' || type === 'emergency-declared');
      expect(counted).toHaveLength(1);
    });

    it('by two people at the same moment counts once, and the other is told so', async () => {
      await waits();

      const results = await Promise.allSettled([
        lets(way, { caller: person('U0DANA') }),
        lets(way, { caller: person('U0LENA') }),
      ]);

      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });
});
