import { describe, expect, it } from 'vitest';
import { type AwsCall, sequentialUntil } from './rounds.ts';

const rules = (at: number): AwsCall => ({ at, operation: 'DescribeRules' });
const health = (at: number): AwsCall => ({ at, operation: 'DescribeTargetHealth' });
const write = (at: number): AwsCall => ({ at, operation: 'ModifyRule' });
const until = (calls: AwsCall[]) => sequentialUntil('ModifyRule', calls, 200);

describe('calls one after the other', () => {
  it('are two where everything is read side by side, and then written side by side', () => {
    expect(until([rules(0), health(3), health(9), write(215), write(220)])).toBe(2);
  });

  it('are three where one read waits for another', () => {
    expect(until([rules(0), health(210), write(425)])).toBe(3);
  });

  it('are three where one write waits for another', () => {
    expect(until([rules(0), write(210), write(420)])).toBe(3);
  });

  it('end with the last write, whatever is read back afterwards', () => {
    expect(until([rules(0), write(210), rules(430), rules(640)])).toBe(2);
  });

  it('are put in order first', () => {
    expect(until([write(215), rules(0)])).toBe(2);
  });

  it('are one where nothing was read', () => {
    expect(until([write(0)])).toBe(1);
  });

  it('are none where nothing was written', () => {
    expect(until([rules(0)])).toBe(0);
  });
});
