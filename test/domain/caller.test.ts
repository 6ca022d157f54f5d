import { describe, expect, it } from 'vitest';
import { askingOf } from '../../src/domain/caller.ts';
import { person } from '../jobs/forge-world.ts';

describe('what makes an asking unique', () => {
  it('is what arrived, or the form that was sent, however often', () => {
    expect(askingOf(person('U0MAYA', 'command:1'))).toBe('command:1');
    expect(askingOf({ ...person('U0MAYA', 'submission:V1:2'), form: 'form:V1' })).toBe('form:V1');
  });
});
