import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Child, childrenOf, stillRunning } from './children-of.ts';
import { UNENDING } from './foreign-tests.ts';
import { killForge } from './kill-forge.ts';
import { OnGithub } from './on-github.ts';
import { startWholeSandbox, type WholeSandbox } from './whole-sandbox.ts';

const BRANCH = 'feature/banner-fixed';
/** One check is cut off as another is; the story has them all. */
const UNIT_TESTS = { name: 'Unit tests', run: 'npm run test', install: 'npm ci' };
/** So long GitHub waits before it does what it was asked for: Forge is stopped by then. Milliseconds. */
const BEFORE_IT_ACTS = 1_500;

describe('a branch that is shipped while Forge is killed again and again', { timeout: 600_000 }, () => {
  let sandbox: WholeSandbox;
  let github: OnGithub;

  beforeAll(async () => {
    sandbox = await startWholeSandbox({ hasGithub: true, checks: [UNIT_TESTS] });
    github = new OnGithub(sandbox.colleagues.client, sandbox.until);
  }, 180_000);
  afterAll(() => sandbox.stop());

  /** Kills it, and waits until the sandbox has started it again. */
  const kill = () => killForge({ client: sandbox.colleagues.client, until: sandbox.until });

  const forge = async (): Promise<number> => {
    const { pid } = (await sandbox.colleagues.client.state()).forge;
    if (pid === null) throw new Error('Forge is not running.');
    return pid;
  };

  const buildRun = async () => {
    const { runs } = await github.repository();
    return runs.find(({ event }) => event === 'workflow_dispatch');
  };

  /** What runs below Forge once it runs these tests. */
  const testing = (file: string): Promise<Child[]> =>
    sandbox.until(`Forge runs ${file}`, async () => {
      const children = await childrenOf(await forge());
      return children.some(({ words }) => words.includes(file)) ? children : undefined;
    });

  /** Its next calls of that operation: how they go, and what waits for each. */
  async function meets(operation: string, ...kinds: ('hang' | 'slow')[]) {
    const { client } = sandbox.colleagues;
    const after = (await client.requests({})).at(-1)?.sequence ?? 0;
    for (const [index, kind] of kinds.entries()) {
      const fault = { service: 'github', operation, kind, ms: BEFORE_IT_ACTS };
      await client.addFault({ ...fault, nth: index + 1 });
    }
    return (count: number) =>
      sandbox.until(`Forge calls ${operation} for the ${count}. time`, async () => {
        const calls = await client.requests({ service: 'github', operation, after });
        return calls.length >= count ? calls : undefined;
      });
  }

  /** Lets GitHub do what Forge has asked for a moment ago, and kills Forge before it hears of that. */
  async function killUnheard(what: string, read: () => Promise<unknown>): Promise<void> {
    process.kill(await forge(), 'SIGSTOP');
    await sandbox.until(what, read);
    await kill();
  }

  it('has one pull request, one merge, one build and one deployment, each told once', async () => {
    const { colleagues: people, store } = sandbox;
    const { client } = people;

    // During a check, whose command never ends by itself.
    const good = await github.commitOf(BRANCH);
    await client.onGithub('push-tag', { tag: 'good', ref: BRANCH });
    await github.pushes({ branch: BRANCH, message: 'Wait for somebody', files: UNENDING });
    const shipment = await people.ships(BRANCH);
    const checking = await testing('test/unit/waits.js');
    await kill();
    await sandbox.until('nothing of the check is left', async () =>
      (await stillRunning(checking)).length === 0 ? true : undefined,
    );
    await testing('test/unit/waits.js');

    // While the pull request is opened: once GitHub has not done it yet, once it has.
    const opens = await meets('pulls.create', 'hang', 'slow');
    expect(await github.pushesByForce(BRANCH, 'good')).toBe(good);
    await opens(1);
    expect((await github.repository()).pulls).toEqual([]);
    await kill();
    await opens(2);
    await killUnheard('the pull request is open', () => github.pullOf(BRANCH));
    await people.shows(shipment, /the approval of one other person on GitHub/u);

    await github.approves('lena-f', await github.pullOf(BRANCH));
    await people.shows(shipment, /Ready to be merged/u);
    const merges = await meets('pulls.merge', 'slow');
    const builds = await meets('actions.createWorkflowDispatch', 'slow');
    const staging = await people.begins(async () => {
      await people.presses('maya', 'Merge and deploy', shipment);
      await merges(1);
      await killUnheard('it is merged', () => github.pullOf(BRANCH, ({ state }) => state === 'merged'));
    });
    await builds(1);
    await killUnheard('the workflow was begun', buildRun);

    const { plan } = await people.untilPhase(staging, 'succeeded');
    await people.shows(shipment, new RegExp(`deployment #${staging} brings it to staging`, 'u'));
    await people.tells(shipment, new RegExp(`Deployment #${staging} brings it to staging`, 'u'));
    await people.tells(staging, /U0MAYA.*is live on Public API in staging/su);
    const live = await github.liveDeployments(1);
    const { pulls, runs, deployments } = await github.repository();
    const commit = await github.commitOf('main');
    expect(pulls).toMatchObject([{ state: 'merged', head: { sha: good }, mergeCommit: commit }]);
    expect(runs.map(({ event, ref, sha }) => [event, ref, sha])).toEqual([
      ['push', `refs/heads/${BRANCH}`, good],
      ['push', 'refs/heads/main', commit],
      ['workflow_dispatch', 'refs/heads/main', commit],
    ]);
    expect((await buildRun())?.title).toContain(commit);
    expect(plan.to.commit).toBe(commit);
    expect(live).toEqual({ staging: commit });
    expect(deployments).toHaveLength(1);
    expect([await store.nextNumber(), await store.nextShipment()]).toEqual([staging + 1, 'S2']);
    await expectToldOnce([`${shipment}: `, `(#${staging})`]);
  });

  /** One message about each, and no line twice below any. */
  async function expectToldOnce(subjects: readonly string[]): Promise<void> {
    const all = await sandbox.colleagues.client.messages('deploys', 'U0SAM');
    const messages = all.filter(({ ephemeral }) => !ephemeral);
    const own = messages.filter(({ threadTs }) => threadTs === undefined);
    const lines = messages.map(({ threadTs, text }) => `${threadTs} ${text}`);
    expect(own.map(({ text }) => subjects.find((subject) => text.includes(subject)))).toEqual(subjects);
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
  }
});
