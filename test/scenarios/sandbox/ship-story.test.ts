import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bannerFix } from '../../../sandbox/github/seed/repositories.ts';
import { isolationHere } from '../../../sandbox/isolation.ts';
import { shortCommit } from '../../../src/domain/shipment.ts';
import type { Colleagues } from './colleagues.ts';
import { FAILING, STEALING, secretsOf, UNENDING } from './foreign-tests.ts';
import { OnGithub } from './on-github.ts';
import { readPage } from './read-page.ts';
import { startWholeSandbox, type WholeSandbox } from './whole-sandbox.ts';

const BANNER = bannerFix.branch;
const SAYS = `<p role="status">${bannerFix.files['src/banner.txt']?.trim()}</p>`;
const isolation = await isolationHere();

describe('a branch that people ship in the sandbox', { timeout: 600_000 }, () => {
  let sandbox: WholeSandbox;
  let people: Colleagues;
  let github: OnGithub;

  beforeAll(async () => {
    sandbox = await startWholeSandbox({ hasGithub: true });
    people = sandbox.colleagues;
    github = new OnGithub(people.client, sandbox.until);
  }, 180_000);
  afterAll(() => sandbox.stop());

  const page = (environment: string) => readPage(people.client, environment);

  it('is mended, approved, merged, tried in staging and released by a tag, each of it once', async () => {
    // Its newest commit fails a test, so it is not even opened as a pull request.
    const shipment = await people.ships(BANNER);
    await people.shows(shipment, /Blocked.*Unit tests/su);
    await people.tells(shipment, /U0MAYA.*Unit tests did not pass.*75 characters, at most 60 fit/su);
    await people.presses('maya', 'Retry', shipment);
    await people.tells(shipment, /tried again.*did not pass/su);
    expect((await github.repository()).pulls).toEqual([]);

    // The fix is pushed; everything after that happens by itself until other people are needed.
    const fixed = await github.pushes(bannerFix);
    await people.shows(shipment, /:white_check_mark: build on GitHub/u);
    const unapproved = await people.shows(shipment, /the approval of one other person on GitHub/u);
    const pull = await github.pullOf(BANNER);
    expect(pull).toMatchObject({
      author: 'forge[bot]',
      head: { sha: fixed },
      labels: ['refactoring', 'ai-generated', 'forge-factory'],
      reviewers: ['sam-okafor'],
    });
    expect(pull.body).toMatch(/Shorten the banner.*src\/banner\.txt.*\*\*low\*\*.*Unit tests/su);
    expect(unapproved).not.toContain('[ Merge');

    await github.approves('lena-f', pull);
    await people.shows(shipment, /Ready to be merged.*Approved by lena-f/su);
    const staging = await people.begins(() => people.presses('maya', 'Merge and deploy', shipment));
    const merged = await github.pullOf(BANNER, ({ state }) => state === 'merged');
    const tried = await people.untilPhase(staging, 'succeeded');
    await people.shows(shipment, new RegExp(`deployment #${staging} brings it to staging`, 'u'));
    const commit = await github.commitOf('main');
    expect(merged).toMatchObject({ head: { sha: fixed }, mergedBy: 'forge[bot]', mergeCommit: commit });
    expect(tried).toMatchObject({
      environment: 'staging',
      requestedBy: { kind: 'trigger', pusher: { person: 'U0MAYA' } },
      plan: { to: { commit } },
    });
    expect(await page('staging')).toContain(SAYS);
    expect(await page('production')).not.toContain(SAYS);

    const production = await people.begins(() => github.pushesTag('v1.2.0'));
    const asked = await people.untilPhase(production, 'awaiting-approval');
    await people.isTold('maya', /others have to decide/u, () =>
      people.presses('maya', 'Approve', production),
    );
    await people.isTold('ravi', new RegExp(`approved #${production}`, 'u'), () =>
      people.presses('ravi', 'Approve', production),
    );
    const released = await people.untilPhase(production, 'succeeded');
    await people.untilLive(shortCommit(commit));
    expect(asked.requestedBy).toMatchObject({
      kind: 'trigger',
      pusher: { login: 'maya-p', person: 'U0MAYA' },
    });
    expect(released).toMatchObject({
      environment: 'production',
      plan: { to: { commit } },
    });
    expect(Object.keys(released.steps)).toEqual(
      expect.arrayContaining(['us-east-1/bake-50', 'us-east-1/bake-100']),
    );
    expect(await page('production')).toContain(SAYS);
    expect(await github.liveDeployments(2)).toEqual({ staging: commit, production: commit });

    // Nothing is done twice, though GitHub tells of every push again.
    await github.tellsPushesAgain();
    const { pulls, runs, deployments } = await github.repository();
    expect(pulls).toHaveLength(1);
    expect(runs.map(({ event, sha, state }) => [event, sha, state])).toEqual([
      ['push', fixed, 'success'],
      ['push', commit, 'success'],
      ['workflow_dispatch', expect.any(String), 'success'],
    ]);
    expect(deployments).toHaveLength(2);
    expect([await sandbox.store.nextNumber(), await sandbox.store.nextShipment()]).toEqual([
      production + 1,
      'S2',
    ]);
  });

  it.skipIf(isolation === 'none')('gets nothing of Forge for its tests, whatever they look for', async () => {
    const secrets = await secretsOf(people.client);
    const branch = 'feature/steals-secrets';
    await github.pushes({ branch, message: 'Look for more', files: STEALING });

    const shipment = await people.ships(branch);
    const told = await people.tells(shipment, /It got [1-9]\d* things, of which \d+ are worth something/u);
    await people.presses('maya', 'Cancel', shipment);
    await people.shows(shipment, /U0MAYA stopped it/u);

    const kept = JSON.stringify(await sandbox.store.shipmentEvents(shipment));
    expect(told).toContain('of which 0 are worth something');
    expect(secrets.filter((secret) => told.includes(secret) || kept.includes(secret))).toEqual([]);
  });

  it('is checked anew when it is pushed by force meanwhile, and not shipped once it is deleted', async () => {
    const branch = 'feature/waits';
    await github.pushes({ branch, message: 'Wait for somebody', files: UNENDING });
    const shipment = await people.ships(branch);
    await people.shows(shipment, /:hourglass_flowing_sand: Unit tests/u);

    await github.pushes({ branch: 'feature/fails', message: 'Open at night', files: FAILING });
    const moved = await github.pushesByForce(branch, 'feature/fails');
    await people.tells(shipment, new RegExp(`new commit, .${moved.slice(0, 12)}., pushed by force`, 'u'));
    await people.tells(shipment, /the shop is open at night.*it is closed/su);
    await github.deletes(branch);
    await people.tells(shipment, /U0MAYA.*feature\/waits was deleted on GitHub\. Nothing was shipped/u);

    expect(await people.shows(shipment, /was deleted on GitHub/u)).not.toContain('[ Retry');
    expect((await github.repository()).pulls.filter(({ head }) => head.ref === branch)).toEqual([]);
  });
});
