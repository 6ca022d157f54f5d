import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { ROLES, type Role } from '../../src/domain/roles.ts';
import type { Change } from '../../src/ports/store.ts';
import { aPerson, aRequestedEvent } from '../builders.ts';
import { shipmentEvents } from '../domain/shipment-builders.ts';
import { ship } from '../jobs/ship-world.ts';
import { policy } from '../scenarios/company.ts';
import { deskAfter } from './desks.ts';
import { TestDesk } from './front-desk.ts';

const everyRole: Role[] = [...ROLES];
const mayDeploy: Role[] = ['deployer', 'approver', 'release-manager', 'incident-commander'];
const mayUndo: Role[] = ['responder', ...mayDeploy];
const mayManage: Role[] = ['release-manager', 'incident-commander'];
const mayDeclare: Role[] = ['incident-commander'];
const maySteer: Role[] = ['approver', 'release-manager', 'incident-commander'];

/** The table of the product for each command: how it is typed, and who may. */
const TABLE: Record<string, { words: (environment: string) => string; roles: Role[] }> = {
  deploy: { words: (environment) => `deploy api ${environment}`, roles: mayDeploy },
  schedule: { words: (environment) => `schedule api ${environment} tomorrow 02:00`, roles: mayDeploy },
  schedules: { words: (environment) => `schedules api ${environment}`, roles: everyRole },
  reschedule: { words: () => 'reschedule #1 tomorrow 02:00', roles: mayDeploy },
  unschedule: { words: () => 'unschedule #1', roles: mayDeploy },
  confirm: { words: () => 'confirm #1', roles: mayDeploy },
  retry: { words: () => 'retry #1', roles: mayDeploy },
  // The role that the policy of the check names is asked for besides.
  override: { words: () => 'override #1 because x', roles: mayDeploy },
  tick: { words: () => 'tick #1 Stakeholders', roles: mayDeploy },
  ship: { words: () => 'ship feature/banner api', roles: mayDeploy },
  merge: { words: () => 'merge S1', roles: mayDeploy },
  recheck: { words: () => 'recheck S1', roles: mayDeploy },
  unship: { words: () => 'unship S1', roles: mayDeploy },
  revert: { words: () => 'revert #1', roles: mayDeploy },
  // To let it go on is a deployer's; to hold it, of whoever may stop a deployment.
  automatic: { words: (environment) => `automatic ${environment} api off because x`, roles: mayUndo },
  // Whose vote counts is a matter of the groups that are asked: everybody may look at what there is to decide.
  approve: { words: () => 'approve #1', roles: everyRole },
  reject: { words: () => 'reject #1', roles: everyRole },
  consent: { words: () => 'consent #1', roles: mayManage },
  emergency: { words: () => 'emergency #1 because x', roles: mayDeclare },
  review: { words: () => 'review #1', roles: mayManage },
  status: { words: (environment) => `status api ${environment}`, roles: everyRole },
  rollback: { words: (environment) => `rollback api ${environment}`, roles: mayUndo },
  abort: { words: () => 'abort #1', roles: mayUndo },
  pause: { words: () => 'pause #1', roles: mayUndo },
  resume: { words: () => 'resume #1', roles: maySteer },
  skip: { words: () => 'skip #1', roles: maySteer },
  happened: { words: () => 'happened #1', roles: maySteer },
  ack: { words: () => 'ack #1', roles: mayUndo },
  takeover: { words: () => 'takeover #1', roles: maySteer },
  history: { words: (environment) => `history api ${environment}`, roles: everyRole },
  // About Forge itself: for those who are admins for the whole company, and here everybody has a role in one environment only.
  reload: { words: () => 'reload', roles: [] },
  when: { words: (environment) => `when ${environment}`, roles: everyRole },
  lock: { words: (environment) => `lock ${environment} until 18:00 because x`, roles: mayDeploy },
  unlock: { words: () => 'unlock L1', roles: mayDeploy },
  freeze: {
    words: (environment) => `freeze ${environment} until 18:00 because x`,
    roles: mayManage,
  },
  unfreeze: { words: () => 'unfreeze F1', roles: mayManage },
  whoami: { words: () => 'whoami', roles: everyRole },
  help: { words: () => 'help', roles: everyRole },
};

const DENIED = /^(?:Only|Nobody) .* may |^Nobody may /u;
const environments = ['staging', 'production'];

describe('what is typed', () => {
  it('is in the table of roles, every command of it', () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(commands).sort());
  });

  describe.each(Object.entries(TABLE))('%s', (_name, { words, roles }) => {
    it.each(ROLES)(
      'is done or refused for a %s by the product’s table, in each environment',
      async (role) => {
        for (const given of environments) {
          for (const asked of environments) {
            const desk = await deskWith(role, given, asked);
            const { text } = await desk.types(words(asked));
            const isAllowed = roles.includes(given === asked ? role : 'viewer');

            expect(`${given}, ${asked}: ${DENIED.test(text) ? 'denied' : 'allowed'}`).toBe(
              `${given}, ${asked}: ${isAllowed ? 'allowed' : 'denied'}`,
            );
          }
        }
      },
    );
  });
});

/** Maya has the role in one environment and may only look in all others; #1, F1 and L1 are in the environment she asks about. */
async function deskWith(role: Role, given: string, asked: string): Promise<TestDesk> {
  const people: PeoplePolicy = {
    all: { everyone: 'viewer', roles: { approver: ['U0RAVI'] }, groups: {} },
    environments: { [given]: { roles: { [role]: ['U0MAYA'] }, groups: {} } },
    services: {},
  };
  const requested = aRequestedEvent({ service: 'api', environment: asked });
  const shipsThere = { ...ship, ...Object.fromEntries([['then', asked]]) };
  const desk = new TestDesk({ policy: { ...policy, people, github: { people: {}, ship: shipsThere } } });
  await desk.store.commit([...restrictionsIn(asked), shipmentTo(asked)]);
  return deskAfter([requested], desk);
}

/** The shipment S1. */
function shipmentTo(environment: string): Change {
  const { event } = shipmentEvents()[0] ?? {};
  if (event?.type !== 'requested') throw new Error('A shipment begins by being asked for');
  const events = [{ ...event, service: 'api', environment }];
  return { kind: 'append-shipment', shipment: 'S1', expect: 0, events, by: aPerson };
}

/** A freeze F1, and Maya's lock L1. */
function restrictionsIn(environment: string): Change[] {
  const told = { reason: 'x', until: 2_000_000_000_000 };
  const scope = { environments: [environment] };
  return [
    { kind: 'place-freeze', freeze: { id: 'F1', scope, owner: 'U0SAM', from: 0, ...told }, by: aPerson },
    { kind: 'place-lock', lock: { id: 'L1', environment, owner: 'U0MAYA', ...told }, by: aPerson },
  ];
}

describe('a person who may not', () => {
  const people = (all: Partial<PeoplePolicy['all']>): PeoplePolicy => ({
    all: { everyone: 'viewer', roles: {}, groups: {}, ...all },
    environments: {},
    services: {},
  });

  it('is told who may and whom to ask, and nothing is done', async () => {
    const desk = new TestDesk({
      policy: { ...policy, people: people({ roles: { deployer: ['S0TEAM', 'U0SAM'] } }) },
    });

    const { text } = await desk.types('deploy api staging');

    expect(text).toBe(
      'Only deployers may deploy api to staging; ask <!subteam^S0TEAM> or <@U0SAM>. Nothing was done.',
    );
    expect(await desk.store.history({ limit: 1 })).toEqual([]);
  });

  it('may as soon as they are in the group', async () => {
    const desk = new TestDesk({ policy: { ...policy, people: people({ roles: { deployer: ['S0TEAM'] } }) } });
    expect((await desk.types('deploy api staging')).text).toMatch(DENIED);
    desk.groups.set('U0MAYA', ['S0TEAM']);

    expect((await desk.types('deploy api staging')).words).toMatch(/^Deployment #1 /u);
  });

  it('is refused only after Slack was asked again', async () => {
    const desk = new TestDesk({ policy: { ...policy, people: people({ roles: { deployer: ['S0TEAM'] } }) } });
    desk.desk.people.groupsOf = async (_id, options) => (options?.fresh === true ? ['S0TEAM'] : []);

    expect((await desk.types('deploy api staging')).words).toMatch(/^Deployment #1 /u);
  });

  it('is told so where Slack does not say who is in which group', async () => {
    const desk = new TestDesk({ policy: { ...policy, people: people({ roles: { deployer: ['S0TEAM'] } }) } });
    desk.groups.set('U0MAYA', ['silent']);

    expect((await desk.types('deploy api staging')).words).toMatch(
      /^Slack did not say who you are and which groups you are in, .* Nothing was done/u,
    );
  });

  it('is not kept from it by silence about groups where another rule allows it', async () => {
    const desk = new TestDesk({
      policy: { ...policy, people: people({ everyone: 'deployer', roles: { approver: ['S0TEAM'] } }) },
    });
    desk.groups.set('U0MAYA', ['silent']);

    expect((await desk.types('deploy api staging')).words).toMatch(/^Deployment #1 /u);
  });
});
