import { describe, expect, it } from 'vitest';
import { RestrictionEvent } from '../../src/domain/restriction-event.ts';

const placed = { owner: 'U0RAVI', reason: 'the sale', until: 7 };

describe('what happened to a freeze or a lock', () => {
  it.each<RestrictionEvent>([
    { type: 'freeze-placed', scope: { services: ['api'] }, from: 3, ...placed },
    { type: 'freeze-lifted' },
    { type: 'lock-placed', environment: 'production', ...placed },
    { type: 'lock-placed', environment: 'production', service: 'api', ...placed },
    { type: 'lock-prolonged', until: 8 },
    { type: 'lock-handed-over', from: 'U0RAVI', to: 'U0LENA', until: 7 },
    { type: 'lock-released' },
  ])('is read as it was kept: $type', (event) => {
    expect(RestrictionEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  it('is not read where it says more than anybody would understand', () => {
    expect(RestrictionEvent.safeParse({ type: 'lock-released', by: 'U0RAVI' }).success).toBe(false);
  });
});
