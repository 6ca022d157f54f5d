import { describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { eventually } from '../../eventually.ts';
import { place, refusal, startGithub } from './start-github.ts';

const banner = { ...place, head: 'feature/banner', base: 'main', title: 'Banner' };

async function withFault(fault: {
  kind: Fault['kind'];
  error?: string;
  retryAfterSeconds?: number;
  ms?: number;
}) {
  const started = await startGithub();
  await started.app.repos.get(place);
  started.faults.add(Fault.parse({ service: 'github', operation: 'pulls.create', ...fault }));
  const pulls = async () => (await started.app.pulls.list(place)).data.length;
  return { ...started, pulls };
}

describe('a fault of GitHub', () => {
  it.each([
    ['error', 0, 502],
    ['error-after', 1, 502],
    ['cut-before', 0, 500],
    ['cut-after', 1, 500],
  ] as const)('of kind %s leaves %i pull requests', async (kind, left, status) => {
    const { app, pulls } = await withFault({ kind });

    const refused = await failure(app.pulls.create(banner));

    expect(refused.status).toBe(status);
    expect(await pulls()).toBe(left);
  });

  it('carries out slowly what has arrived, though whoever asked for it is gone', async () => {
    const { app, faults, pulls } = await withFault({ kind: 'slow', ms: 300 });
    const gone = new AbortController();

    const asked = failure(app.pulls.create({ ...banner, request: { signal: gone.signal } }));
    await eventually(() => faults.list()[0]?.struck === 1);
    gone.abort();
    await asked;

    await eventually(async () => (await pulls()) === 1);
  });

  it('says how long to wait when it is the secondary limit', async () => {
    const { app } = await withFault({ kind: 'throttle', retryAfterSeconds: 7 });

    const refused = await refusal(app.pulls.create(banner));

    expect(refused).toMatchObject({ status: 403, message: /secondary rate limit/ });
    expect(refused.response.headers['retry-after']).toBe('7');
  });

  it.each([
    ['404', 404, /Not Found/],
    ['409', 409, /Conflict/],
    ['401', 401, /Bad credentials/],
    ['rate-limited', 403, /API rate limit exceeded/],
  ])('refuses with %s', async (error, status, message) => {
    const { as, pulls } = await withFault({ kind: 'refuse', error });

    expect(await refusal(as('maya-p').pulls.create(banner))).toMatchObject({ status, message });
    expect(await pulls()).toBe(0);
  });

  it('strikes a route by the name Octokit has for it, and each deserves its own', async () => {
    const { app, faults } = await withFault({ kind: 'slow', ms: 0 });

    await app.pulls.create(banner);

    expect(faults.list()).toMatchObject([{ calls: 1, struck: 1 }]);
  });
});

describe('the limit of an hour', () => {
  it('refuses every call when none is left, and says until when', async () => {
    const { app, github } = await startGithub();
    await app.repos.get(place);
    github.change({ callsLeft: 1, callsResetSeconds: 90 });

    const last = await app.repos.get(place);
    const refused = await refusal(app.repos.get(place));
    const resetInSeconds = Number(refused.response.headers['x-ratelimit-reset']) - Date.now() / 1000;

    expect(last.headers['x-ratelimit-remaining']).toBe('0');
    expect(refused).toMatchObject({ status: 403, message: /API rate limit exceeded for installation ID/ });
    expect(resetInSeconds).toBeGreaterThan(80);
    expect(resetInSeconds).toBeLessThan(100);
  });
});

/** A cut connection has no answer: Octokit calls it 500. */
async function failure(request: Promise<unknown>): Promise<{ status: unknown }> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error && 'status' in error) return { status: error.status };
    throw error;
  }
  throw new Error('It was not refused.');
}
