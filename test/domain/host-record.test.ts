import { describe, expect, it } from 'vitest';
import type { Phase } from '../../src/domain/deployment.ts';
import { hostRecordOf } from '../../src/domain/host-record.ts';
import { aDeployment } from '../builders.ts';
import { inPhase, phaseKinds } from '../in-phase.ts';

const states = {
  requested: 'queued',
  checking: 'queued',
  building: 'queued',
  'awaiting-approval': 'queued',
  waiting: 'queued',
  running: 'in_progress',
  held: 'in_progress',
  'rolling-back': 'in_progress',
  succeeded: 'success',
  'rolled-back': 'failure',
  left: 'error',
  rejected: 'inactive',
  expired: 'inactive',
  refused: 'error',
  superseded: 'inactive',
  aborted: 'failure',
} satisfies Record<Phase['kind'], string>;

describe('what the code host is told of a deployment', () => {
  it.each(phaseKinds)('that is %s is short, and of the state people expect', (kind) => {
    const record = hostRecordOf(inPhase(kind));

    expect(record.state).toBe(states[kind]);
    expect(record.description).toMatch(/^#142 .{5,134}$/u);
  });

  it('that was stopped tells whether anything had changed', () => {
    const before = aDeployment([{ type: 'aborted' }]);
    const after = aDeployment([{ type: 'started' }, { type: 'aborted' }]);

    expect(hostRecordOf(before).state).toBe('inactive');
    expect(hostRecordOf(after).state).toBe('failure');
  });

  it('that was superseded tells by what', () => {
    const ofANewer = aDeployment([{ type: 'superseded', by: 150, reason: 'It is newer.' }]);
    const ofAHold = aDeployment([{ type: 'superseded', reason: 'They are held.' }]);

    expect(hostRecordOf(ofANewer).description).toBe('#142 was superseded by #150; nothing was changed.');
    expect(hostRecordOf(ofAHold).description).toBe(
      '#142 was not started: automatic deployments are held; nothing was changed.',
    );
  });

  it('that is not live any more says what came after it', () => {
    const replaced = aDeployment([{ type: 'started' }, { type: 'succeeded' }, { type: 'replaced', by: 150 }]);
    const undone = aDeployment([{ type: 'started' }, { type: 'succeeded' }, { type: 'undone', by: 151 }]);

    expect(hostRecordOf(replaced)).toEqual({ state: 'inactive', description: '#142 was replaced by #150.' });
    expect(hostRecordOf(undone)).toEqual({ state: 'inactive', description: '#142 was rolled back by #151.' });
  });
});
