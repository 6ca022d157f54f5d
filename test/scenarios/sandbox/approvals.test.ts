import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../reading.ts';
import type { Colleagues } from './colleagues.ts';
import { startWholeSandbox, UNENDING, type WholeSandbox } from './whole-sandbox.ts';

describe('a deployment to production, as the people of the sandbox meet it', { timeout: 400_000 }, () => {
  let sandbox: WholeSandbox;
  let people: Colleagues;

  beforeAll(async () => {
    sandbox = await startWholeSandbox();
    people = sandbox.colleagues;
  }, 180_000);
  afterEach(() => people.endAll());
  afterAll(() => sandbox.stop());

  /** Asked for, and people are asked whether it may. */
  async function asked(...words: Parameters<Colleagues['asksFor']>): Promise<number> {
    const number = await people.asksFor(...words);
    await people.untilPhase(number, 'awaiting-approval');
    return number;
  }

  /** `open`: what they are told is missing besides. */
  async function approve(who: Person, number: number, open = /(?:)/u): Promise<void> {
    const told = new RegExp(`approved #${number}.*${open.source}`, 'su');
    await people.isTold(who, told, () => people.presses(who, 'Approve', number));
  }

  async function votes(number: number) {
    const { approval, phase } = await people.deployment(number);
    return { phase: phase.kind, votes: approval?.votes };
  }

  it('is asked for by the product manager, approved on the approver’s Home, and rolled back by the executive', async () => {
    const number = await people.asksFor('maya', 'deploy production because the search is approved');
    await people.shows(number, /1 release manager.*S0RELEASE/su);
    await people.tells(number, /S0RELEASE.*1 release manager/su);

    await people.homeShows('lena', new RegExp(`your vote.*#${number}.*v1\\.1\\.0.*U0MAYA`, 'su'));
    await people.isTold('lena', new RegExp(`approved #${number}`, 'u'), () =>
      people.pressesOnHome('lena', 'Approve'),
    );
    const { steps, approval } = await people.untilPhase(number, 'succeeded');
    await people.shows(number, /v1\.1\.0 is live/u);
    await people.untilLive('v1.1.0');
    await people.homeShows('lena', /^(?!.*your vote).*v1\.1\.0 is live/su);

    let form = '';
    const rollback = await people.begins(async () => {
      await people.presses('elena', 'Roll back', number);
      form = await people.agrees('elena');
    });
    const undone = await people.untilPhase(rollback, 'succeeded');
    await people.untilLive('v1.0.0');

    expect(approval?.votes).toMatchObject([{ voter: 'U0LENA', verdict: 'approve' }]);
    expect(Object.keys(steps)).toEqual(
      expect.arrayContaining(['us-east-1/bake-50', 'us-east-1/bake-100', 'us-east-1/standby']),
    );
    expect(form).toMatch(/v1\.1\.0.*v1\.0\.0/su);
    expect(undone.approval).toBeUndefined();
  });

  it('is not let go by the engineer who asked for it, on call or not', async () => {
    const number = await asked('sam', 'deploy production');

    await people.isTold('sam', new RegExp(`asked for #${number} yourself.*others have to decide`, 'su'), () =>
      people.presses('sam', 'Approve', number),
    );
    await people.isTold('sam', new RegExp(`asked for #${number} yourself.*incident commander`, 'su'), () =>
      people.presses('sam', 'Emergency', number),
    );

    expect(await votes(number)).toEqual({ phase: 'awaiting-approval', votes: [] });
  });

  it('is not let go by somebody of a group that was not asked', async () => {
    const number = await asked('maya', 'deploy production');

    await people.isTold('priya', new RegExp(`#${number} would not count.*1 release manager`, 'su'), () =>
      people.presses('priya', 'Approve', number),
    );

    expect(await votes(number)).toEqual({ phase: 'awaiting-approval', votes: [] });
  });

  it('does not start once a release manager has said why not', async () => {
    const number = await asked('maya', 'deploy production');

    await people.presses('ravi', 'Reject', number);
    await people.agrees('ravi', { why: 'the sale begins in an hour' });

    await people.untilPhase(number, 'rejected');
    await people.tells(number, /U0RAVI.*the sale begins in an hour/su);
    expect((await people.deployment(number)).startedAt).toBeUndefined();
  });

  it.each([
    { who: 'guest' as const, channel: 'production', reason: /Guests/u },
    { who: 'noor' as const, channel: 'deploys', reason: /another workspace/u },
  ])('is nothing that $who can ask for', async ({ who, channel, reason }) => {
    await people.isTold(who, reason, () => people.types(who, 'deploy api production', channel));

    await people.homeShows(who, reason);
    expect(await people.isTold('maya', /production/u, () => people.types('maya', 'status'))).not.toContain(
      'v1.1.0',
    );
  });

  it('is not let go by a guest, though the button is in sight', async () => {
    const number = await asked('maya', 'deploy production');

    await people.isTold('guest', /Guests/u, () => people.presses('guest', 'Approve', number));

    expect(await votes(number)).toEqual({ phase: 'awaiting-approval', votes: [] });
  });

  it('is asked about anew when the policy changes, of everybody who must approve it then', async () => {
    const from = { 'release-managers': 1, security: 1 };
    await sandbox.sets({ approvals: { from, within: '30m' } });
    const number = await asked('maya', `deploy production ${UNENDING}`);
    await approve('lena', number, /security/u);
    await sandbox.sets({ approvals: { from, within: '20m' } });
    await people.tells(number, /S0SECURITY.*again/su);
    const voided = await votes(number);

    await approve('priya', number, /release manager/u);
    await approve('ravi', number);
    await people.untilStarted(number);

    expect(voided).toEqual({ phase: 'awaiting-approval', votes: [] });
  });

  it.each(['U0FORGE', 'U0DORA'])('is nothing that Slack lets %s type', async (as) => {
    const typed = people.client.command({ as, channel: 'production', text: '/forge deploy production' });

    await expect(typed).rejects.toMatchObject({ status: 403 });
  });
});
