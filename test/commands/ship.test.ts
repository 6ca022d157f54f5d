import { describe, expect, it } from 'vitest';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { aPerson } from '../builders.ts';
import { aStanding, opened } from '../domain/shipment-builders.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { ship } from '../jobs/ship-world.ts';
import { policy } from '../scenarios/company.ts';
import { TestDesk } from './front-desk.ts';

/** Maya deploys, Wei may only look. */
const people: PeoplePolicy = {
  all: { everyone: 'viewer', roles: { deployer: ['U0MAYA'] }, groups: {} },
  environments: {},
  services: {},
};

function aDesk(branch = 'feature/banner', change: Pick<Policy, 'environments'> = policy) {
  const codeHost = new FakeCodeHost();
  const web = codeHost.repository('acme/api');
  web.push('main', { files: { a: '1' } });
  const head = web.push(branch, { files: { a: '2' } }, 'main');
  const desk = new TestDesk({
    policy: { ...policy, environments: change.environments, people, github: { people: {}, ship } },
    codeHost,
  });
  desk.people.set('U0WEI', 'member');
  const happens = async (...events: ShipmentEvent[]) => {
    const { version = 0 } = (await desk.store.shipment('S1')) ?? {};
    await desk.store.commit([
      { kind: 'append-shipment', shipment: 'S1', expect: version, events, by: aPerson },
    ]);
  };
  return { desk, web, head, happens, shipment: () => desk.store.shipment('S1') };
}

describe('ship', () => {
  it('ships a branch of a service, for a reason', async () => {
    const { desk, head, shipment } = aDesk();

    const { words } = await desk.types('ship feature/banner api because people miss the news');

    expect(words).toContain('S1 is on its way: feature/banner of Public API is checked first.');
    expect(await shipment()).toMatchObject({
      head,
      service: 'api',
      why: 'people miss the news',
      channel: 'C0DEPLOYS',
    });
  });

  it.each(['ship “feature/banner” to staging for api', 'please ship api feature/banner'])(
    'understands “%s”',
    async (text) => {
      const { desk, shipment } = aDesk();

      await desk.types(text);

      expect(await shipment()).toMatchObject({ branch: 'feature/banner', service: 'api' });
    },
  );

  it('means the default service of the environment it ends in, where none is named', async () => {
    const { desk, shipment } = aDesk();

    await desk.types('ship feature/banner');

    expect(await shipment()).toMatchObject({ branch: 'feature/banner', service: 'api' });
  });

  it('asks for the service where there are several, and none is the default', async () => {
    const environments = policy.environments.map(({ defaultService: _none, ...one }) => one);
    const { desk, shipment } = aDesk('feature/banner', { environments });

    expect((await desk.types('ship feature/banner')).words).toContain('Which service is feature/banner of?');
    expect(await shipment()).toBeUndefined();
  });

  it('takes a branch that is called as an environment is', async () => {
    const { desk, shipment } = aDesk('staging');

    await desk.types('ship staging api');

    expect(await shipment()).toMatchObject({ branch: 'staging' });
  });

  it.each([
    ['no branch', 'ship', 'Which branch?'],
    ['two', 'ship feature/banner feature/other api', 'The name of a branch has no spaces'],
    ['main', 'ship main api', 'is where branches are shipped to'],
    ['another environment', 'ship feature/banner api production', 'Leave out production'],
    ['a region', 'ship feature/banner api us-east-1', 'Leave out us-east-1'],
    ['a number', 'ship feature/banner api #142', 'takes no deployment number'],
    ['an unknown branch', 'ship feature/baner api', 'Did you mean feature/banner?'],
    ['a name that would mention everybody', 'ship <!channel> api', 'There is no branch @channel'],
  ])('is refused with %s', async (_, text, says) => {
    const { desk, shipment } = aDesk();

    expect((await desk.types(text)).words).toContain(says);
    expect(await shipment()).toBeUndefined();
  });

  it('is refused to whoever may only look', async () => {
    const { desk, shipment } = aDesk();

    expect((await desk.types('ship feature/banner api', 'U0WEI')).words).toContain(
      'may ship branches of api',
    );
    expect(await shipment()).toBeUndefined();
  });

  it('is refused where Forge is not connected to GitHub', async () => {
    const desk = new TestDesk({ policy: { ...policy, people } });

    expect((await desk.types('ship feature/banner api')).words).toContain(
      'Forge is not connected to GitHub.',
    );
  });
});

describe('the buttons of a shipment', () => {
  async function shipped() {
    const world = aDesk();
    await world.desk.types('ship feature/banner api');
    return world;
  }

  it('merge exactly what was shown, once', async () => {
    const { desk, head, happens, shipment } = await shipped();
    await happens(opened, { type: 'seen', standing: aStanding({ head }) });

    expect((await desk.presses('merge', { shipment: 'S1', head: 'f'.repeat(40) })).words).toContain(
      'has another commit now than when you looked',
    );
    expect((await desk.presses('merge', { shipment: 'S1', head })).words).toContain('S1 is being merged');
    expect((await desk.presses('merge', { shipment: 'S1', head })).words).toContain('being merged already');
    expect(await shipment()).toMatchObject({ phase: { kind: 'merging', head, by: { userId: 'U0MAYA' } } });
  });

  it('say what still stands in the way', async () => {
    const { desk, head, happens } = await shipped();
    await happens(opened, { type: 'seen', standing: aStanding({ head, lacks: ['It is a draft.'] }) });

    expect((await desk.types('merge s1')).words).toContain('S1 was not merged. It is a draft.');
  });

  it.each(['merge', 'recheck', 'unship'])('do nothing for whoever may only look: %s', async (command) => {
    const { desk, shipment } = await shipped();
    const before = await shipment();

    expect((await desk.presses(command, { shipment: 'S1' }, 'U0WEI')).words).toContain(
      'may ship branches of api',
    );
    expect(await shipment()).toEqual(before);
  });

  it('try again what did not work', async () => {
    const { desk, head, happens, shipment } = await shipped();
    await happens({ type: 'check-failed', check: 'Lint', says: 'no' });

    expect((await desk.presses('recheck', { shipment: 'S1', head })).words).toContain('S1 is tried again');
    expect((await desk.presses('recheck', { shipment: 'S1', head })).words).toContain(
      'Nothing of S1 is to be tried again now',
    );
    expect(await shipment()).toMatchObject({ phase: { kind: 'checking' } });
  });

  it('stop it for a reason, and leave the pull request open', async () => {
    const { desk, happens, shipment } = await shipped();
    await happens(opened);

    expect((await desk.types('unship S1 because it can wait')).words).toContain(
      'Pull request 12 stays open.',
    );
    expect(await shipment()).toMatchObject({ phase: { kind: 'cancelled' } });
    expect((await desk.types('unship S1')).words).toContain('S1 is over');
  });

  it.each([
    ['merge', 'Which shipment?'],
    ['merge S1 S2', 'Which shipment?'],
    ['merge feature/banner', '“feature/banner” is no shipment.'],
    ['recheck S9', 'There is no S9.'],
    ['unship #3', 'takes no deployment number'],
  ])('are typed as well: “%s” is told what is missing', async (text, says) => {
    const { desk } = await shipped();

    expect((await desk.types(text)).words).toContain(says);
  });
});

describe('revert', () => {
  it('opens the pull request that takes a deployment’s change back, and ships it', async () => {
    const { desk, web, shipment } = aDesk();
    web.pulls.create({ head: 'feature/banner', base: 'main', title: 'Show a banner', body: '' });
    const commit = web.mergeByHand(1, 'lena');
    const { digests } = { digests: { 'us-east-1': `sha256:${'d'.repeat(64)}` } };
    desk.world.sourceControl.add({
      release: { service: 'api', commit, version: 'v1.2.0', digests },
      branch: 'main',
    });
    await desk.types('deploy api staging v1.2.0');

    const { words } = await desk.types('revert #1 because it broke');

    expect(words).toContain('takes back what #1 brought. S1 checks and follows it');
    expect(await shipment()).toMatchObject({
      branch: 'revert-1-feature/banner',
      reverts: 1,
      why: 'it broke',
    });
  });

  it('is refused with words about what it would take back of nobody’s pull request', async () => {
    const { desk } = aDesk();
    await desk.types('deploy api staging v1.1.0');

    expect((await desk.types('revert #1')).words).toContain('No pull request brought `bbbbbbbbbbbb`');
    expect((await desk.types('revert #9')).words).toContain('#9');
    expect((await desk.presses('revert', { deployment: 1 }, 'U0WEI')).words).toContain(
      'may ship branches of api',
    );
  });
});
