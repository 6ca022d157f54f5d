import { describe, expect, it } from 'vitest';
import { checkForm } from '../../commands/check-form.ts';
import { policy } from '../scenarios/company.ts';
import { TestDesk } from './front-desk.ts';

function check(callbackId: string, fields: Record<string, string>, hidden?: unknown) {
  return checkForm(new TestDesk().submission(callbackId, fields, hidden), policy);
}

describe('the deploy form', () => {
  it('is accepted when service and environment are chosen', () => {
    const fields = { service: 'api', environment: 'staging', ref: ' v1.1.0 ', why: '' };

    expect(check('deploy', fields)).toEqual({ kind: 'accepted' });
  });

  it.each([
    {
      fields: { service: '', environment: '' },
      errors: { service: 'Choose a service.', environment: 'Choose an environment.' },
    },
    { fields: { service: 'api', environment: '' }, errors: { environment: 'Choose an environment.' } },
    {
      fields: { service: 'api', environment: 'staging', ref: 'v1 v2' },
      errors: { ref: expect.stringContaining('one word') },
    },
    {
      fields: { service: 'api', environment: 'staging', why: 'x'.repeat(3001) },
      errors: { why: expect.stringContaining('at most 3000 characters') },
    },
    {
      fields: { service: 'billing-worker', environment: 'production' },
      errors: { environment: expect.stringContaining('Billing worker does not run in production') },
    },
    {
      fields: { service: 'teleporter', environment: 'staging' },
      errors: { environment: expect.stringContaining('no service called “teleporter”') },
    },
  ])('shows under its field what is wrong: $errors', ({ fields, errors }) => {
    expect(check('deploy', fields)).toEqual({ kind: 'errors', errors });
  });

  it('shows a mistake in a field it does not have under one it has', () => {
    expect(check('deploy', { ref: 'v1.1.0' })).toEqual({
      kind: 'errors',
      errors: { ref: 'Choose an environment.' },
    });
  });

  it('carries out what was sent', async () => {
    const desk = new TestDesk();

    const answer = await desk.sends('deploy', {
      service: 'api',
      environment: 'staging',
      ref: '',
      why: 'because',
    });

    expect(answer.words).toContain('Deployment #1 of Public API to staging has begun');
    expect(await desk.store.deployment(1)).toMatchObject({ why: 'because', requestedBy: { via: 'form' } });
  });
});

describe('the rollback form', () => {
  it.each([
    { fields: { service: '', environment: 'staging' }, errors: { service: 'Choose a service.' } },
    { fields: { service: 'api', environment: '' }, errors: { environment: 'Choose an environment.' } },
    {
      fields: { service: 'billing-worker', environment: 'production' },
      errors: { environment: expect.stringContaining('does not run in production') },
    },
  ])('shows under its field what is wrong: $errors', ({ fields, errors }) => {
    expect(check('rollback', fields)).toEqual({ kind: 'errors', errors });
  });
});

describe('what comes of a form', () => {
  it('is said where the command was typed, also after a second form', async () => {
    const desk = new TestDesk();
    await desk.succeeded('v1.1.0');
    const place = await desk.types('rollback');
    const question = await desk.sends(
      'rollback',
      { service: 'api', environment: 'staging' },
      place.form?.private_metadata,
    );

    const answer = await desk.sends('rollback', { why: '' }, question.form?.private_metadata);

    expect(answer.words).toContain('#2 takes #1 back');
    expect(desk.addresses.at(-1)).toMatchObject({ userId: 'U0MAYA', channel: 'C0DEPLOYS' });
  });

  it('is said there for a deployment too, and when it is refused', async () => {
    const desk = new TestDesk();
    const { form } = await desk.types('deploy');

    const fields = { service: 'api', environment: 'staging', ref: 'v9', why: '' };
    const answer = await desk.sends('deploy', fields, form?.private_metadata);

    expect(answer.words).toContain('no release called “v9”');
    expect(desk.addresses.at(-1)).toMatchObject({ channel: 'C0DEPLOYS' });
  });

  it('goes to the person directly where the form was not opened in a channel', async () => {
    const desk = new TestDesk();
    const { form } = await desk.presses('deploy', {});

    await desk.sends('deploy', { service: 'api', environment: 'staging' }, form?.private_metadata);

    expect(desk.addresses.at(-1)).toEqual({ userId: 'U0MAYA', triggerId: 'trigger' });
  });
});

describe('a form of another version', () => {
  it.each([
    { callbackId: 'teleport', hidden: undefined },
    { callbackId: 'status', hidden: undefined },
    { callbackId: 'toString', hidden: undefined },
    { callbackId: 'abort', hidden: undefined },
    { callbackId: 'abort', hidden: '{"deployment":' },
    { callbackId: 'abort', hidden: { deployment: 1 } },
    { callbackId: 'rollback', hidden: { deployment: 1, generation: 'one', digest: 'x' } },
  ])('is refused before it closes: $callbackId with $hidden', ({ callbackId, hidden }) => {
    expect(() => check(callbackId, { why: '' }, hidden)).toThrow(
      'This form belongs to another version of Forge, so nothing was done. Close it and type the command again.',
    );
  });

  it('that was accepted before a restart is refused by the new version too', async () => {
    const desk = new TestDesk();

    const answer = await desk.sends('teleport', { why: '' });

    expect(answer.words).toContain('This form belongs to another version of Forge');
  });
});
