import { describe, expect, it } from 'vitest';
import { sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const list = 'GET /repos/acme/api/deployments';
const create = 'POST /repos/acme/api/deployments';
const statuses = 'GET /repos/acme/api/deployments/9/statuses';
const addStatus = 'POST /repos/acme/api/deployments/9/statuses';
const record = {
  forge: 'D-1',
  sha,
  environment: 'production',
  description: 'x'.repeat(200),
  isProduction: true,
};
const status = { deployment: 9, state: 'success' as const, description: 'Done' };

describe('recording a deployment', () => {
  it('never merges, and asks for no checks', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(list, { body: [] });
    answer(create, { status: 201, body: { id: 9 } });

    expect(await host.recordDeployment(repository, record, options)).toEqual({ id: 9 });

    expect(asked[0]?.line).toBe(`${list}?sha=${sha}&environment=production&per_page=100&page=1`);
    expect(asked[1]?.body).toEqual({
      ref: sha,
      environment: 'production',
      description: `${'x'.repeat(139)}…`,
      payload: { forge: 'D-1' },
      production_environment: true,
      transient_environment: false,
      auto_merge: false,
      required_contexts: [],
    });
  });

  it.each([
    ['an object', { forge: 'D-1' }],
    ['its JSON', '{"forge":"D-1"}'],
  ])('finds the one that is there by its payload, which GitHub gives as %s', async (_, payload) => {
    const { host, answer } = await scriptedGithub();
    const others = ['', '{', 'null', {}, { forge: 'D-11' }].map((one, index) => ({
      id: index + 1,
      payload: one,
    }));
    answer(list, { body: [...others, { id: 9, payload }] });

    expect(await host.recordDeployment(repository, record, options)).toEqual({ id: 9 });
  });

  it('is no success where GitHub only says that it merged something', async () => {
    const { host, answer } = await scriptedGithub();
    answer(list, { body: [] });
    answer(create, { status: 202, body: { message: 'Auto-merged main into topic.' } });

    const recorded = host.recordDeployment(repository, record, options);

    await expect(recorded).rejects.toMatchObject({ name: 'CodeHostUnavailable' });
  });
});

describe('recording how a deployment goes', () => {
  it('adds nothing where the newest says the same, in whichever order GitHub lists them', async () => {
    const { host, answer, asked } = await scriptedGithub();
    const newest = { id: 2, state: 'success', description: 'Done', environment_url: '', log_url: '' };
    answer(statuses, { body: [{ ...newest, id: 1, state: 'in_progress' }, newest] });

    await host.recordStatus(repository, status, options);

    expect(asked.map(({ line }) => line.split(' ')[0])).toEqual(['GET']);
  });

  it('adds what an older one said too', async () => {
    const { host, answer, asked } = await scriptedGithub();
    const older = { id: 1, state: 'success', description: 'Done', environment_url: '', log_url: '' };
    answer(statuses, { body: [{ ...older, id: 2, state: 'failure' }, older] });
    answer(addStatus, { status: 201, body: { id: 3, state: 'success' } });

    await host.recordStatus(repository, { ...status, logUrl: 'https://acme.slack.com/x' }, options);

    expect(asked.at(-1)?.body).toEqual({
      state: 'success',
      description: 'Done',
      log_url: 'https://acme.slack.com/x',
      auto_inactive: false,
    });
  });
});
