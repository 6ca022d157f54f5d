import { describe, expect, it } from 'vitest';
import type { EnvironmentPolicy, Policy } from '../../src/domain/policy.ts';
import type { FieldValues } from '../../src/ports/incoming.ts';
import { PlatformUnavailable } from '../../src/ports/platform.ts';
import { policy } from '../scenarios/company.ts';
import { formWords } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

/** Of staging, where the company's policy is silent. */
function policyWith(change: Partial<EnvironmentPolicy>): Policy {
  const environments = policy.environments.map((one) =>
    one.name === 'staging' ? { ...one, ...change } : one,
  );
  return { ...policy, environments };
}

const approvals = {
  needs: [{ from: 'release-manager', count: 1 }],
  within: 7_200_000,
  emergencyAlone: false,
};
const nights = {
  ...{ zone: 'America/New_York', zones: {}, avoided: [], holidays: [] },
  ...{ whenItCloses: 'finish-region' as const },
  preferred: [{ days: ['Tue' as const], from: 0, to: 1440 }],
  forbidden: [{ days: ['Mon' as const], from: 0, to: 360 }],
};

let presses = 0;

/** Chooses something in a form that is open, with these fields filled in. */
async function chooses(
  desk: TestDesk,
  field: string,
  fields: Record<string, string | number>,
  { form = 'deploy', by = 'U0MAYA' }: { form?: string; by?: string } = {},
) {
  presses += 1;
  const values: FieldValues = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { [name]: value }]),
  );
  const answer = await desk.arrives({
    ...{ kind: 'press', id: `press:${presses}`, userId: by, receivedAt: desk.clock.now() },
    ...{ actionId: field, blockId: field, triggerId: 'trigger' },
    view: {
      ...{ id: 'V1', hash: 'h', type: 'modal', callbackId: form, values },
      privateMetadata: '{"channel":"C0DEPLOYS"}',
    },
  });
  const refreshed = desk.refreshed.at(-1);
  return { ...answer, refreshed, shown: formWords(refreshed?.form) };
}

const ofStaging = { service: 'api', environment: 'staging' };

describe('the deploy form, while it is filled in', () => {
  it('shows the releases, the strategy, the time and whose approval it needs once both are chosen', async () => {
    const desk = new TestDesk({ policy: policyWith({ approvals }) });

    const { shown, refreshed, words } = await chooses(desk, 'environment', ofStaging);

    expect(words).toBe('');
    expect(refreshed).toMatchObject({ view: 'V1', asOf: desk.clock.now() });
    expect(shown).toMatch(/\*Newest releases:\* .*v1\.1\.0/u);
    expect(shown).toMatch(/Left empty, it is the newest of `main`/u);
    expect(shown).toMatch(/\*How:\* rolling, one task after the other/u);
    expect(shown).toMatch(/\*In us-east-1:\* it may start\. It would be done about/u);
    expect(shown).toMatch(/\*Approval:\* it needs 1 release manager/u);
  });

  it('keeps what was filled in and the channel its answer goes to', async () => {
    const desk = new TestDesk();

    const { refreshed } = await chooses(desk, 'environment', { ...ofStaging, ref: 'v1.0.0', why: 'because' });

    expect(refreshed?.form.private_metadata).toBe('{"channel":"C0DEPLOYS"}');
    expect(JSON.stringify(refreshed?.form.blocks)).toContain('"initial_value":"v1.0.0"');
    expect(JSON.stringify(refreshed?.form.blocks)).toContain('"initial_value":"because"');
  });

  it('says nothing of what would come before both are chosen', async () => {
    const { shown, refreshed } = await chooses(new TestDesk(), 'service', { service: 'api' });

    expect(refreshed).toBeDefined();
    expect(shown).not.toContain('Approval');
  });

  it('says when it would have to wait, and why', async () => {
    const desk = new TestDesk({ policy: policyWith({ windows: nights }) });

    const { shown } = await chooses(desk, 'environment', ofStaging);

    expect(shown).toMatch(/it has to wait until .* It is a forbidden time for us-east-1/u);
  });

  it('says who may not deploy there, before they send it', async () => {
    const people = { ...policy.people, all: { ...policy.people.all, everyone: 'viewer' as const } };
    const desk = new TestDesk({ policy: { ...policy, people } });

    const { shown } = await chooses(desk, 'environment', ofStaging, { by: 'U0SAM' });

    expect(shown).toMatch(/may deploy api to staging/u);
    expect(shown).not.toContain('*How:*');
  });

  it('says that a service does not go the way that was chosen', async () => {
    const { shown } = await chooses(new TestDesk(), 'strategy', { ...ofStaging, strategy: 'canary' });

    expect(shown).toMatch(/runs on one ECS service, and canary needs two/u);
  });

  it('says that the releases are not known where AWS does not answer', async () => {
    const desk = new TestDesk();
    desk.world.sourceControl.recent = () => Promise.reject(new PlatformUnavailable('no answer'));

    const { shown } = await chooses(desk, 'environment', ofStaging);

    expect(shown).toContain('Which releases there are, AWS does not say at the moment');
    expect(shown).toContain('*Approval:* nobody has to approve it.');
  });

  it('is shown with all that as soon as it has opened where the words said both', async () => {
    const desk = new TestDesk();

    await desk.types('deploy api staging v1.1.0 v1.0.0 rolling canary');
    await desk.types('deploy api staging rolling canary');

    const [first] = desk.refreshed;
    expect(desk.refreshed).toHaveLength(2);
    expect(formWords(first?.form)).toContain('Approval');
    expect(first?.form.private_metadata).toContain('C0DEPLOYS');
  });

  it('tells Forge every choice, but not where a word could mean two releases: that would not be asked again', async () => {
    const desk = new TestDesk();

    const { form: open } = await desk.types('deploy');
    const { form: doubtful } = await desk.types('deploy api staging v1.1.0 v1.0.0');

    const telling = (form: typeof open) =>
      (form?.blocks ?? []).filter((block) => 'dispatch_action' in block && block.dispatch_action === true);
    expect(telling(open)).toHaveLength(2);
    expect(telling(doubtful)).toEqual([]);
  });
});

describe('the schedule form, while it is filled in', () => {
  it('shows how it is at the time that was chosen', async () => {
    const desk = new TestDesk({ policy: policyWith({ windows: nights, approvals }) });
    const fields = { ...ofStaging, strategy: 'rolling' };
    const atNight = Math.floor(Date.UTC(2026, 0, 12, 7) / 1000);
    const byDay = Math.floor(Date.UTC(2026, 0, 12, 17) / 1000);

    const night = await chooses(desk, 'at', { ...fields, at: atNight }, { form: 'schedule' });
    const day = await chooses(desk, 'at', { ...fields, at: byDay }, { form: 'schedule' });

    expect(night.shown).toContain('a forbidden time');
    expect(day.shown).toContain('needs a reason and the consent');
    expect(day.refreshed?.form.callback_id).toBe('schedule');
    expect(JSON.stringify(day.refreshed?.form.blocks)).toContain(`"initial_date_time":${byDay}`);
  });

  it('says of a time that is past only that, since nothing can start then', async () => {
    const desk = new TestDesk();
    const at = desk.clock.now() / 1000 - 60;

    const { shown } = await chooses(desk, 'at', { ...ofStaging, at }, { form: 'schedule' });

    expect(shown).toContain(':warning: That time is past. Choose a later one.');
    expect(shown).not.toMatch(/may start|Approval/u);
  });
});
