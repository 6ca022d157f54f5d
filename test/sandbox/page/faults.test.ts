import { describe, expect, it } from 'vitest';
import { AwsSettings, AwsSettingsChange, quietSettings } from '../../../sandbox/aws/settings.ts';
import { Fault } from '../../../sandbox/faults.ts';
import { NO_CALLS, withCalls } from '../../../sandbox/page/call-counts.ts';
import { faultPlace, faultProgress, parseFault } from '../../../sandbox/page/fault-model.ts';
import { KINDS, USUAL_CALLS } from '../../../sandbox/page/faults/kinds.ts';
import { SWITCHES } from '../../../sandbox/page/faults/switches.ts';
import { hasTrouble } from '../../../sandbox/page/faults/trouble.ts';
import { parseState } from '../../../sandbox/page/model.ts';
import { FIRST_SETTINGS, SettingsChange } from '../../../sandbox/slack/settings.ts';

const fault = (given: Record<string, unknown> = {}, counts = { calls: 0, struck: 0 }) => ({
  id: 1,
  fault: { service: 'ecs', operation: 'UpdateService', kind: 'error', nth: 1, times: 1, ...given },
  ...counts,
});
const quiet = { slack: FIRST_SETTINGS, aws: quietSettings };

describe('a fault', () => {
  it('says how often it struck', () => {
    expect(faultProgress(parseFault(fault({ times: 3 }, { calls: 2, struck: 2 })))).toBe('struck 2 of 3');
  });

  it('says how many calls it lets pass first', () => {
    expect(faultProgress(parseFault(fault({ nth: 3 }, { calls: 1, struck: 0 })))).toBe(
      'struck 0 of 1, after 1 more call',
    );
  });

  it('of every operation is one of any call', () => {
    expect(faultPlace(parseFault(fault({ operation: '*' })))).toBe('ecs any call');
  });
});

describe('trouble', () => {
  it('is a fault that can still strike', () => {
    expect(hasTrouble(parseState({ faults: [fault()], switches: quiet }))).toBe(true);
  });

  it('is not a fault that is used up', () => {
    const faults = [fault({}, { calls: 1, struck: 1 })];

    expect(hasTrouble(parseState({ faults, switches: quiet }))).toBe(false);
  });

  it('is a colour that behaves badly', () => {
    const behaviours = [{ service: 'api', environment: 'production', colour: 'green', errorPercent: 5 }];
    const switches = { ...quiet, aws: { ...quietSettings, behaviours } };

    expect(hasTrouble(parseState({ faults: [], switches }))).toBe(true);
  });

  it('is nothing at the start', () => {
    expect(hasTrouble(parseState({ faults: [], switches: quiet }))).toBe(false);
  });

  it('is not assumed where the sandbox says nothing about it', () => {
    expect(hasTrouble(parseState({}))).toBe(false);
  });
});

describe('every switch', () => {
  it.each(SWITCHES)(
    '$title is off at the start, on once switched on, and off again',
    ({ where, isOn, on, off }) => {
      const settings = (change: Record<string, unknown>): Record<string, unknown> =>
        where === 'slack'
          ? { ...FIRST_SETTINGS, ...SettingsChange.parse(change) }
          : AwsSettings.parse({ ...quietSettings, ...AwsSettingsChange.parse(change) });

      expect([isOn(settings({})), isOn(settings(on)), isOn(settings(off))]).toEqual([false, true, false]);
    },
  );
});

describe('the kinds of faults on offer', () => {
  it('are those the sandbox knows', () => {
    const known = Fault.shape.kind.options;

    expect(KINDS.map(({ kind }) => kind).toSorted()).toEqual([...known].toSorted());
  });

  it('name every service that can fail', () => {
    expect(Object.keys(USUAL_CALLS)).toEqual([
      'slack',
      'ecs',
      'elasticloadbalancing',
      'ecr',
      'monitoring',
      'application-autoscaling',
      'scheduler',
      'sqs',
      'github',
    ]);
  });
});

describe('the calls of Forge', () => {
  it('are counted by service and operation, further from where the last reading ended', () => {
    const first = withCalls(NO_CALLS, [
      { sequence: 1, service: 'ecs', operation: 'ListTasks' },
      { sequence: 2, service: 'slack', operation: 'chat.update' },
    ]);

    const second = withCalls(first, [{ sequence: 3, service: 'ecs', operation: 'ListTasks' }]);

    expect(second.lastSequence).toBe(3);
    expect(second.byService.get('ecs')?.get('ListTasks')).toBe(2);
    expect(first.byService.get('ecs')?.get('ListTasks')).toBe(1);
  });
});
