import type { CheckPolicy } from '../../../src/domain/check.ts';
import { failed, passed } from '../../fakes/command-runner.ts';
import { type CodeWorld, ci, createCodeWorld, told, unitTests } from '../../jobs/code-world.ts';
import { stick } from '../../jobs/stick.ts';
import { type Story, storiesIn, storyIn } from '../story.ts';

const image: CheckPolicy = { name: 'Image', kind: 'image', within: 600_000 };
const approvals = {
  needs: [{ from: 'release-manager', count: 1 }],
  within: 7_200_000,
  emergencyAlone: false,
};

/** Deployments with checks of the policy, and releases whose image is yet to be made. */
export const code: Record<string, Story> = {
  'checked, retried and built': storyIn(
    () => createCodeWorld({ checks: [unitTests, told] }),
    async (world) => {
      world.makeImages();
      world.runner.script('npm test', failed('flaky'), passed());
      const number = await world.ask();
      await world.untilCheck(number, 'Unit tests', 'failed');
      await world.retry(number);
      await world.untilCheck(number, 'Stakeholders', 'running');
      await world.tick(number, 'Stakeholders');
      await world.ended(number);
    },
  ),
  'built, its image checked, and approved': storyIn(
    () => createCodeWorld({ checks: [image], environment: { approvals } }),
    async (world) => {
      world.makeImages();
      const number = await world.ask();
      await world.untilPhase(number, 'awaiting-approval');
      await world.approve(number);
      await world.ended(number);
    },
  ),
  ...storiesIn(() => createCodeWorld({ checks: [ci] }), {
    'a check that is late, and a code host that is silent': async (world) => {
      world.publish(world.head);
      world.web.setCheck(world.head, { name: 'build', state: 'waiting' });
      const number = await world.ask();
      await world.untilCheck(number, 'CI', 'running');
      await world.clock.advance(30_000);
      world.host.fail('checks');
      await world.until(async () => (await world.deployment(number)).trouble !== undefined);
      world.host.mend();
      world.web.setCheck(world.head, { name: 'build', state: 'passed' });
      await world.ended(number);
    },
    'a check that nobody looks after': async (world) => {
      world.publish(world.head);
      world.web.setCheck(world.head, { name: 'build', state: 'failed' });
      await world.ended(await world.ask());
    },
  }),
  ...storiesIn(() => createCodeWorld(), {
    'a build that fails and is made again': async (world) => {
      const number = await world.ask();
      await world.until(() => world.web.runs.dispatched.length === 1);
      world.web.runs.set(1_000, { state: 'failed', log: ['exit 1'] });
      await world.untilBuild(number, 'failed');
      world.makeImages();
      await world.retry(number);
      await world.ended(number);
    },
    'a build that is aborted': async (world) => {
      const number = await world.ask();
      await known(world, number);
      await world.abort(number);
      await world.ended(number);
    },
    'a build whose run Forge has lost': async (world) => {
      const number = await world.ask();
      await known(world, number);
      await stick(world, `prepare/${number}`);
      await world.start();
      await world.ended(number);
    },
    'a build that takes too long': async (world) => {
      await world.ended(await world.ask());
    },
  }),
};

function known(world: CodeWorld, number: number): Promise<unknown> {
  return world.until(async () => (await world.deployment(number)).build?.run !== undefined);
}
