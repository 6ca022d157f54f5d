import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';
import { openArrivals } from './records.ts';

const KINDS = ['error', 'throttle', 'cut-before', 'cut-after', 'slow'] as const;
const each = (...operations: string[]) =>
  operations.flatMap((operation) => KINDS.map((kind) => ({ operation, kind, ms: 300 })));

describe('a deployment, while Slack has trouble', () => {
  it.each(
    each('chat.postMessage', 'chat.update', 'response_url', 'conversations.history', 'conversations.replies'),
  )(
    'with $operation ($kind) ends right, with one message and each line once',
    async ({ operation, kind, ms }) => {
      const world = await forgeInSlack();
      world.setFaults({ operation, kind, ms, times: 3 });

      await world.types('maya', 'deploy staging');

      await endsRight(world);
      await world.told('maya', 'Deployment #1 of Public API to staging has begun');
    },
  );

  it.each(each('conversations.history').filter(({ kind }) => kind !== 'slow'))(
    'with a lost post whose search meets $kind ends right, with one message',
    async ({ operation, kind }) => {
      const world = await forgeInSlack();
      world.setFaults({ operation: 'chat.postMessage', kind: 'cut-after' }, { operation, kind, times: 2 });

      await world.types('maya', 'deploy staging');

      await endsRight(world);
    },
  );

  it.each([2, 3, 4])('with post %i lost ends right, with each line once', async (nth) => {
    const world = await forgeInSlack();
    world.setFaults({ operation: 'chat.postMessage', kind: 'cut-after', nth });

    await world.types('maya', 'deploy staging');

    await endsRight(world);
  });
});

describe('who asks, while Slack has trouble', () => {
  it.each(each('users.info'))(
    'is told what happened with users.info ($kind)',
    async ({ operation, kind, ms }) => {
      const world = await forgeInSlack();
      world.setFaults({ operation, kind, ms, times: kind === 'slow' ? 1 : 2 });

      await world.types('maya', 'deploy staging');

      const answer = await world.told('maya', /has begun|Slack did not say who you are.*Nothing was done/u);
      const hasBegun = answer.words.includes('has begun');
      expect(hasBegun).toBe(kind !== 'error');
      await eventually(() => world.screen.deploymentMessages().length === Number(hasBegun));
    },
  );

  it.each(each('views.open'))(
    'gets the form or its words with views.open ($kind)',
    async ({ operation, kind, ms }) => {
      const world = await forgeInSlack();
      world.setFaults({ operation, kind, ms });

      await world.types('maya', 'deploy api');

      await eventually(
        () =>
          world.screen.formNow('maya') !== undefined ||
          world.screen
            .privateAnswers('maya')
            .some(({ words }) => words.includes('did not let Forge open its form')),
      );
      expect(world.lines.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );

  it.each(each('chat.postEphemeral'))(
    'is answered also when neither the address nor chat.postEphemeral ($kind) works',
    async ({ operation, kind, ms }) => {
      const world = await forgeInSlack();
      world.setFaults(
        { operation: 'response_url', kind: 'error', times: 9 },
        { operation, kind, ms, times: 9 },
      );

      await world.types('maya', 'help');

      await world.told('maya', 'What you can type.');
    },
  );

  it.each(each('views.publish'))(
    'gets the Home again after views.publish ($kind)',
    async ({ operation, kind, ms }) => {
      const world = await forgeInSlack();
      world.setFaults({ operation, kind, ms });

      await world.opensHome('maya');
      await eventually(async () => (await openArrivals(world)).length === 0);
      await world.opensHome('maya');

      await world.homeShows('maya', 'v1.0.0 is live');
    },
  );
});

describe('the deployment of somebody whose channel does not know Forge', () => {
  it('is told in a direct message, which says why', async () => {
    const world = await forgeInSlack();

    await world.types('maya', 'deploy playground');

    const message = await world.shows(1, 'v1.1.0 is live on Public API in playground');
    expect(message.channel).toBe('D0MAYA');
    expect(world.screen.sees('maya', 'general').filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    expect(message.words).toMatch(
      /Forge is not in #C0GENERAL, or cannot write there\. Type `\/invite @Forge` in it/u,
    );
  });

  it.each(['cut-after', 'cut-before'] as const)(
    'has one message there also when its answer is lost (%s)',
    async (kind) => {
      const world = await forgeInSlack();
      world.setFaults({ operation: 'chat.postMessage', kind, nth: 2 });

      await world.types('maya', 'deploy playground');

      await world.shows(1, 'v1.1.0 is live on Public API in playground');
      const messages = world.screen.sees('maya', 'D0MAYA').filter(({ text }) => /\(#1\)$/u.test(text));
      expect(messages).toHaveLength(1);
    },
  );
});

async function endsRight(world: ForgeInSlack): Promise<void> {
  await world.shows(1, 'v1.1.0 is live on Public API in staging (#1)');
  await eventually(() => world.screen.thread(1).some((line) => line.includes('@U0MAYA v1.1.0 is live')));
  expect(world.screen.deploymentMessages()).toHaveLength(1);
  expect(new Set(world.screen.thread(1)).size).toBe(world.screen.thread(1).length);
  expect(world.screen.thread(1).at(-1)).toContain('is live');
  expect(world.platform.changes).toHaveLength(1);
}
