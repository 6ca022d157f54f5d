import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import type { Change } from '../../src/ports/store.ts';
import type { Adapters } from '../../src/use-cases/adapters.ts';
import { shipRevert } from '../../src/use-cases/revert.ts';
import { shipBranch } from '../../src/use-cases/ship.ts';
import { askMerge, cancelShipment, retryShipment } from '../../src/use-cases/steer-shipment.ts';
import { aPerson, aPlan, aPolicy, aRelease, aRequestedEvent } from '../builders.ts';
import { aStanding, opened } from '../domain/shipment-builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { FakePlatform } from '../fakes/platform.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';
import { person } from '../jobs/forge-world.ts';
import { ship } from '../jobs/ship-world.ts';
import { checkout, production, staging } from '../jobs/shop.ts';

const database = () => openDatabase(':memory:');
let open: ReturnType<typeof database>;
let adapters: Adapters & { codeHost: FakeCodeHost };
let head: string;

beforeEach(() => {
  open = database();
  const clock = createFakeClock();
  const codeHost = new FakeCodeHost();
  const web = codeHost.repository('acme/checkout');
  web.push('main', { files: { a: '1' } });
  head = web.push('feature/banner', { files: { a: '2' } }, 'main');
  web.tag('v1', 'main');
  const policy: Policy = aPolicy({
    services: [checkout],
    environments: [staging, production],
    github: { people: {}, ship },
  });
  const store = createStore(open, { clock });
  adapters = {
    policy,
    store,
    clock,
    codeHost,
    platform: new FakePlatform(),
    sourceControl: new FakeSourceControl(),
  };
});
afterEach(() => open.close());

const asked = (branch = 'feature/banner', by = person(), more: Partial<Adapters> = {}) =>
  shipBranch({ service: checkout, branch, why: 'news' }, by, { ...adapters, ...more });

/** A property called so makes biome think of promises. */
const goesTo = (environment: string): void => {
  adapters.policy.github = { people: {}, ship: { ...ship, ...Object.fromEntries([['then', environment]]) } };
};

describe('to ship a branch', () => {
  it('begins a shipment of exactly its commit, to the first environment of its base', async () => {
    expect(await asked()).toBe('S1');

    expect(await adapters.store.shipment('S1')).toMatchObject({
      head,
      environment: 'staging',
      channel: 'C0STAGING',
      why: 'news',
    });
  });

  it('goes where the policy says', async () => {
    goesTo('production');
    await asked();

    expect(await adapters.store.shipment('S1')).toMatchObject({
      environment: 'production',
      channel: 'C0DEPLOYS',
    });
  });

  it('goes nowhere where nothing is deployed from its base, and is told of where the service runs', async () => {
    goesTo('elsewhere');
    await asked();

    const shipment = await adapters.store.shipment('S1');
    expect(shipment).not.toHaveProperty('environment');
    expect(shipment?.channel).toBe('C0STAGING');
  });

  it('begins one however often the same asking comes', async () => {
    const by = person();
    await asked('feature/banner', by);

    await expect(asked('feature/banner', by)).rejects.toThrow('S1 is shipping feature/banner already');
    expect(await adapters.store.openShipments()).toHaveLength(1);
  });

  it.each([
    ['main itself', 'main', '`main` is where branches are shipped to'],
    ['a tag', 'v1', 'v1 is a tag of acme/checkout, and only branches can be shipped'],
    ['a branch that is almost one', 'feature/baner', 'Did you mean feature/banner?'],
    ['a branch nobody knows', 'zzzzzzzzzzzz', 'Was it pushed?'],
    ['what git calls nothing', 'a..b', 'That is no name a branch can have.'],
    ['a name with a space', 'a b', 'That is no name a branch can have.'],
    ['a name that looks like an option', '--upload-pack=x', 'That is no name a branch can have.'],
  ])('is refused of %s, in words', async (_, branch, words) => {
    await expect(asked(branch)).rejects.toThrow(words);
    expect(await adapters.store.openShipments()).toEqual([]);
  });

  it('is refused of a branch that has nothing new', async () => {
    adapters.codeHost.repository('acme/checkout').point('stale', 'main');

    await expect(asked('stale')).rejects.toThrow('The branch stale has nothing that main has not');
  });

  it('is refused, in words, where Forge is not connected, GitHub is silent, or it refuses', async () => {
    const { codeHost: _codeHost, ...unconnected } = adapters;
    await expect(shipBranch({ service: checkout, branch: 'x' }, person(), unconnected)).rejects.toThrow(
      'Forge is not connected to GitHub.',
    );
    adapters.codeHost.failNext('ref', new CodeHostRefused('Forge may not read it.', 'forbidden'));
    await expect(asked()).rejects.toThrow('Forge may not read it. Nothing was done.');
    adapters.codeHost.fail('ref');
    await expect(asked()).rejects.toThrow('GitHub does not answer at the moment.');
  });

  it('is possible again once the one before is over', async () => {
    await asked();
    await cancelShipment({ shipment: 'S1' }, person(), adapters);

    expect(await asked()).toBe('S2');
  });

  it('is refused of what was merged before, until somebody pushes more', async () => {
    const web = adapters.codeHost.repository('acme/checkout');
    await asked();
    const events = [opened, { type: 'merged', commit: 'c'.repeat(40) }, { type: 'finished' }] as const;
    await adapters.store.commit([
      { kind: 'append-shipment', shipment: 'S1', expect: 1, events, by: aPerson },
    ]);

    await expect(asked()).rejects.toThrow('feature/banner was merged into main already, as S1');
    web.push('feature/banner', { files: { b: '1' } });

    expect(await asked()).toBe('S2');
  });

  it('is done once, also where it is asked for again when it is over', async () => {
    const by = person();
    await adapters.store.keepArrival({ id: by.arrival, kind: 'command', payload: {} });
    await asked('feature/banner', by);
    await cancelShipment({ shipment: 'S1' }, person(), adapters);

    await expect(asked('feature/banner', by)).rejects.toThrow('Nothing was done again.');
    expect(await adapters.store.openShipments()).toEqual([]);
  });

  it('says what to do about the one under way that is blocked', async () => {
    await asked();
    const events = [{ type: 'blocked', reason: 'no' }] as const;
    await adapters.store.commit([
      { kind: 'append-shipment', shipment: 'S1', expect: 1, events, by: aPerson },
    ]);

    await expect(asked()).rejects.toThrow('Press Retry there, or stop it with `/forge unship S1`.');
  });

  it('takes one id each, though two people ask at the same moment', async () => {
    adapters.codeHost.repository('acme/checkout').push('feature/other', { files: { b: '1' } }, 'main');

    const ids = await Promise.all([asked('feature/banner'), asked('feature/other')]);

    expect(ids.toSorted()).toEqual(['S1', 'S2']);
  });
});

describe('a shipment', () => {
  const happens = async (...events: ShipmentEvent[]) => {
    const { version = 0 } = (await adapters.store.shipment('S1')) ?? {};
    expect(
      await adapters.store.commit([
        { kind: 'append-shipment', shipment: 'S1', expect: version, events, by: aPerson },
      ]),
    ).toBe('committed');
  };
  const standing = () => ({ type: 'seen', standing: aStanding({ head }) }) as const;

  beforeEach(async () => {
    await asked();
  });

  it('is merged when it is ready, by exactly the commit that was shown', async () => {
    await happens(opened, standing());

    await expect(askMerge({ shipment: 'S1', head: 'other' }, person(), adapters)).rejects.toThrow(
      'has another commit now than when you looked',
    );
    expect(await askMerge({ shipment: 'S1', head }, person(), adapters)).toMatchObject({
      phase: { kind: 'merging', head },
    });
    await expect(askMerge({ shipment: 'S1', head }, person(), adapters)).rejects.toThrow(
      'S1 is being merged already.',
    );
    await expect(cancelShipment({ shipment: 'S1' }, person(), adapters)).rejects.toThrow(
      'cannot be stopped any more',
    );
  });

  it('is not merged before it is ready', async () => {
    const merge = () => askMerge({ shipment: 'S1' }, person(), adapters);
    await expect(merge()).rejects.toThrow('It is not as far as that yet');
    await happens({ type: 'blocked', reason: 'Forge may not open it.' });
    await expect(merge()).rejects.toThrow('It is blocked: Forge may not open it.');
    await happens(opened, { type: 'seen', standing: aStanding({ head, lacks: ['It is a draft.'] }) });
    await expect(merge()).rejects.toThrow('S1 was not merged. It is a draft.');
    await happens(standing(), { type: 'troubled', reason: 'GitHub is silent.' });
    await expect(merge()).rejects.toThrow('GitHub is silent.');
  });

  it('is tried again only where something did not work', async () => {
    const retry = (seen?: string) =>
      retryShipment({ shipment: 'S1', ...(seen === undefined ? {} : { head: seen }) }, person(), adapters);
    await expect(retry()).rejects.toThrow('Nothing of S1 is to be tried again now');
    await happens({ type: 'check-failed', check: 'Unit tests', says: 'no' });
    await expect(retry('other')).rejects.toThrow('has another commit now');
    expect(await retry(head)).toMatchObject({ phase: { kind: 'checking' } });
  });

  it('is not stopped once it is merged, and nothing is done about one that is over', async () => {
    await happens(opened, { type: 'merged', commit: head });
    await expect(cancelShipment({ shipment: 'S1' }, person(), adapters)).rejects.toThrow(
      'S1 is merged already',
    );
    await happens({ type: 'deployed', deployment: 7, isByItself: false });
    await expect(cancelShipment({ shipment: 'S1' }, person(), adapters)).rejects.toThrow(
      'Deployment #7 brings it to staging; while that is under way, `/forge abort #7` stops it.',
    );
    await happens({ type: 'finished' });
    await expect(askMerge({ shipment: 'S1' }, person(), adapters)).rejects.toThrow('S1 is merged already');
    await expect(askMerge({ shipment: 'S9' }, person(), adapters)).rejects.toThrow('There is no S9.');
  });

  it('has one effect of two clicks at the same moment', async () => {
    await happens(opened, standing());

    const clicks = await Promise.allSettled(
      [1, 2].map(() => askMerge({ shipment: 'S1', head }, person(), adapters)),
    );

    expect(clicks.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const types = (await adapters.store.shipmentEvents('S1')).map(({ event }) => event.type);
    expect(types.filter((type) => type === 'merge-asked')).toHaveLength(1);
  });

  it('is a conflict for whoever decided on how it was before', async () => {
    const change = {
      kind: 'append-shipment',
      shipment: 'S1',
      events: [{ type: 'checked' }],
      by: aPerson,
    } as const;

    expect(await adapters.store.commit([{ ...change, expect: 0 }])).toBe('conflict');
    expect(await adapters.store.commit([{ ...change, expect: 7 }])).toBe('conflict');
    expect((await adapters.store.shipment('S1'))?.version).toBe(1);
  });
});

describe('what a deployment brought', () => {
  let commit: string;
  const deployed = async (number: number, plan = aPlan({ to: aRelease({ commit }) }), undoes?: number) => {
    const event = aRequestedEvent({
      environment: 'staging',
      plan,
      ...(undoes === undefined ? {} : { undoes }),
    });
    const cause = `the story of ${number}`;
    const change: Change = {
      kind: 'append',
      deployment: number,
      expect: 0,
      events: [event],
      by: aPerson,
      cause,
    };
    expect(await adapters.store.commit([change])).toBe('committed');
  };

  beforeEach(async () => {
    const web = adapters.codeHost.repository('acme/checkout');
    web.pulls.create({ head: 'feature/banner', base: 'main', title: 'Banner for @lena', body: '' });
    commit = web.mergeByHand(1, 'lena');
  });

  it('is taken back by a pull request that is shipped, and by the same one when it is asked for again', async () => {
    await deployed(1);

    const { shipment, pull } = await shipRevert({ deployment: 1, why: 'it broke' }, person(), adapters);

    expect(pull).toMatchObject({ state: 'open', title: 'Revert "Banner for @\u200Blena"' });
    expect(await adapters.store.shipment(shipment)).toMatchObject({
      branch: pull.head.ref,
      reverts: 1,
      why: 'it broke',
    });
    await expect(shipRevert({ deployment: 1 }, person(), adapters)).rejects.toThrow('is shipping');
    expect(adapters.codeHost.repository('acme/checkout').pulls.all()).toHaveLength(2);
  });

  it('is what a rollback took back, when it is asked for of that', async () => {
    await deployed(1);
    await deployed(2, aPlan(), 1);

    const { shipment } = await shipRevert({ deployment: 2 }, person(), adapters);

    expect(await adapters.store.shipment(shipment)).toMatchObject({ reverts: 1 });
  });

  it('cannot be taken back twice', async () => {
    await deployed(1);
    const { shipment } = await shipRevert({ deployment: 1 }, person(), adapters);
    await cancelShipment({ shipment }, person(), adapters);
    adapters.codeHost.repository('acme/checkout').mergeByHand(2, 'lena');

    await expect(shipRevert({ deployment: 1 }, person(), adapters)).rejects.toThrow(
      'the pull request for it, 2, is merged already',
    );
  });

  it('is told to be taken back otherwise where no pull request brought it, or nobody knows its commit', async () => {
    await deployed(1, aPlan({ to: aRelease({ commit: 'f'.repeat(40) }) }));
    const { commit: _commit, ...unknown } = aRelease();
    await deployed(2, aPlan({ to: unknown }));

    await expect(shipRevert({ deployment: 1 }, person(), adapters)).rejects.toThrow(
      'No pull request brought `ffffffffffff`',
    );
    await expect(shipRevert({ deployment: 2 }, person(), adapters)).rejects.toThrow(
      'Nobody knows the commit of v1.1.0',
    );
  });
});
