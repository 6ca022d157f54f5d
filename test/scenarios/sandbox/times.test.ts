import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../../src/domain/calendar/wall-clock.ts';
import type { Colleagues } from './colleagues.ts';
import { startWholeSandbox, UNENDING, type WholeSandbox } from './whole-sandbox.ts';

describe('when a deployment to production starts, as the people of the sandbox meet it', {
  timeout: 400_000,
}, () => {
  let sandbox: WholeSandbox;
  let people: Colleagues;

  beforeAll(async () => {
    sandbox = await startWholeSandbox();
    people = sandbox.colleagues;
  }, 180_000);
  afterEach(() => people.endAll());
  afterAll(() => sandbox.stop());

  /** Asked for by the product manager and approved by a release manager. */
  async function approved(): Promise<number> {
    const number = await people.asksFor('maya', `deploy production ${UNENDING}`);
    await approve(number);
    return number;
  }

  async function approve(number: number): Promise<void> {
    await people.isTold('lena', new RegExp(`approved #${number}`, 'u'), () =>
      people.presses('lena', 'Approve', number),
    );
  }

  it('is said per region to whoever asks', async () => {
    const answer = await people.isTold('maya', /us-east-1/u, () => people.types('maya', 'when production'));

    expect(answer).toContain('production');
  });

  it('is a quiet hour that the project manager chose, until they cancel it', async () => {
    let form = '';
    const number = await people.begins(async () => {
      await people.types('jonas', 'schedule api production v1.1.0 tomorrow 22:00 because it is quiet then');
      form = await people.agrees('jonas');
    });
    await approve(number);
    const { startAt = 0 } = await people.untilPhase(number, 'waiting');
    await people.isTold('jonas', new RegExp(`#${number}.*v1\\.1\\.0`, 'su'), () =>
      people.types('jonas', 'schedules'),
    );
    await people.isTold('jonas', new RegExp(`#${number}.*cancelled`, 'su'), () =>
      people.types('jonas', `unschedule #${number}`),
    );

    expect(form).toMatch(/v1\.1\.0.*22:00.*Europe\/Berlin.*1 release manager/su);
    expect(new Date(startAt).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })).toBe('22:00:00');
    expect((await people.untilPhase(number, 'aborted')).startedAt).toBeUndefined();
  });

  it('is after a freeze, unless an incident commander calls it an emergency, who owes a review then', async () => {
    await people.isTold('ravi', /\bF\d+/u, () =>
      people.types('ravi', 'freeze production until tomorrow 22:00 because of the sale'),
    );
    const number = await approved();
    await people.untilPhase(number, 'waiting');
    await people.shows(number, /U0RAVI.*frozen.*of the sale/su);
    await people.isTold('maya', /incident commanders.*S0ONCALL/su, () =>
      people.presses('maya', 'Emergency', number),
    );

    await people.presses('dana', 'Emergency', number);
    await people.agrees('dana', { why: 'nobody can log in' });
    await people.untilStarted(number);
    await people.shows(number, /Emergency.*U0DANA.*nobody can log in.*of the sale.*\/forge review/su);

    await people.types('elena', `abort #${number}`);
    await people.untilPhase(number, 'aborted');
    await people.isTold('dana', /review/u, () =>
      people.types('dana', `review #${number} because a secret had expired`),
    );
    await people.tells(number, /U0DANA.*a secret had expired/su);
    await people.isTold('ravi', /\bF\d+/u, () => people.types('ravi', 'unfreeze production'));
    await people.untilLive('v1.0.0');
    expect((await people.deployment(number)).review?.written?.by).toMatchObject({ userId: 'U0DANA' });
  });

  it('is when whoever has locked it ends that or hands it over, and nobody else may', async () => {
    await people.isTold('jonas', /\bL\d+/u, () =>
      people.types('jonas', 'lock production until tomorrow 22:00 because of the load test'),
    );
    const number = await approved();
    await people.untilPhase(number, 'waiting');
    await people.shows(number, /U0JONAS.*locked.*of the load test/su);
    await people.isTold('priya', /release managers.*S0RELEASE/su, () =>
      people.types('priya', 'unlock production'),
    );
    expect((await people.deployment(number)).startedAt).toBeUndefined();

    await people.isTold('jonas', /U0MAYA/u, () => people.types('jonas', 'lock production @maya'));

    await people.untilStarted(number);
    await people.isTold('maya', /lock/u, () => people.types('maya', 'unlock production'));
  });

  it('is a preferred time, or any other for which there is a reason and a release manager’s consent', async () => {
    await sandbox.sets({ windows: { zone: 'America/New_York', preferred: inThreeDays() } });
    const number = await approved();
    const { phase } = await people.untilPhase(number, 'waiting');
    await people.isTold('maya', /release managers.*S0RELEASE/su, () =>
      people.presses('maya', 'Consent', number),
    );

    await people.presses('ravi', 'Consent', number);
    await people.agrees('ravi', { why: 'nobody is on leave today' });

    await people.untilStarted(number);
    await people.tells(number, /U0RAVI.*nobody is on leave today/su);
    expect(phase).toMatchObject({ for: 'consent' });
  });
});

/** A weekday that neither yesterday, today nor tomorrow is, wherever one looks at the clock. */
function inThreeDays(): string {
  const today = (new Date().getUTCDay() + 6) % WEEKDAYS.length;
  return WEEKDAYS[(today + 3) % WEEKDAYS.length] ?? '';
}
