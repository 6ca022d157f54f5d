import { describe, expect, it } from 'vitest';
import { Tones } from '../../../sandbox/page/live/tones.ts';
import { runningVersions, versionName } from '../../../sandbox/page/live/versions.ts';
import type { Service } from '../../../sandbox/page/service-model.ts';

function aService(given: Partial<Service> = {}): Service {
  return {
    name: 'api',
    environment: 'staging',
    region: 'us-east-1',
    url: 'http://127.0.0.1:4801',
    live: undefined,
    shares: [],
    tasks: [],
    traffic: [],
    load: 0,
    ...given,
  };
}

const task = (id: string, version: string) => ({ id, version, colour: 'only', state: 'healthy' });

describe('the versions of a service', () => {
  it('are those that answer and those that have tasks, the older first', () => {
    const service = aService({
      shares: [{ version: 'v1.9.0', colour: 'only', percent: 100 }],
      tasks: [task('a', 'v1.10.0'), task('b', 'v1.9.0')],
    });

    expect(runningVersions(service)).toMatchObject([
      { version: 'v1.9.0', percent: 100, tasks: [{ id: 'b' }] },
      { version: 'v1.10.0', percent: 0, tasks: [{ id: 'a' }] },
    ]);
  });

  it('are two when the same release runs on both colours', () => {
    const shares = ['green', 'blue'].map((colour) => ({ version: 'v1.0.0', colour, percent: 50 }));

    expect(runningVersions(aService({ shares })).map(versionName)).toEqual([
      'v1.0.0 on blue',
      'v1.0.0 on green',
    ]);
  });

  it('have no part of the answers at a worker', () => {
    const worker = aService({ url: undefined, tasks: [task('a', 'v1.0.0')] });

    expect(runningVersions(worker)).toMatchObject([{ version: 'v1.0.0', percent: undefined }]);
  });
});

describe('the tint of a version', () => {
  const only = (version: string) => ({ version, colour: 'only' });

  it('stays while versions come and go', () => {
    const tones = new Tones();
    const before = tones.toneOf(aService({ tasks: [task('a', 'v2')] }), only('v2'));

    const after = tones.toneOf(aService({ tasks: [task('a', 'v2'), task('b', 'v1')] }), only('v2'));

    expect(after).toBe(before);
  });

  it('is the same in a page opened in the middle of a deployment', () => {
    const first = new Tones();
    first.toneOf(aService({ tasks: [task('a', 'v1')] }), only('v1'));
    const midway = aService({ tasks: [task('b', 'v2'), task('a', 'v1')] });

    expect(new Tones().toneOf(midway, only('v2'))).toBe(first.toneOf(midway, only('v2')));
  });

  it('is the one of its colour when it has a colour', () => {
    expect(new Tones().toneOf(aService(), { version: 'v1', colour: 'green' })).toBe('tone-green');
  });
});
