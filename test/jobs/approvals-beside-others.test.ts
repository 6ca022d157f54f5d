import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApprovalWorld, createApprovalWorld, minutes, policyOf, within } from './approval-world.ts';
import { person } from './forge-world.ts';

describe('a deployment that needs approval', () => {
  let world: ApprovalWorld;

  beforeEach(async () => {
    world = createApprovalWorld();
    await world.start();
  });
  afterEach(() => world.close());

  describe('while AWS is silent', () => {
    it('at the moment of the last vote goes on when it answers', async () => {
      const number = await world.askedFor();
      world.platform.break({ method: 'live', kind: 'unavailable' });

      await world.approved(number);
      await world.clock.advance(2 * minutes);
      const { phase, trouble } = await world.deployment(number);
      world.platform.mend();

      expect(phase.kind).toBe('awaiting-approval');
      expect(trouble).toContain('AWS does not answer');
      expect((await world.ended(number)).phase.kind).toBe('succeeded');
    });

    it('still waits for people, and says that it answers again as soon as it does', async () => {
      const number = await world.askedFor();
      world.platform.break({ method: 'live', kind: 'unavailable' });
      await world.clock.advance(6 * minutes);
      expect((await world.deployment(number)).trouble).toContain('AWS does not answer');
      world.platform.mend();

      await world.clock.advance(6 * minutes);

      const { trouble, phase } = await world.deployment(number);
      expect(trouble).toBeUndefined();
      expect(phase.kind).toBe('awaiting-approval');
    });

    it('and policy has changed is asked about again when it answers', async () => {
      const number = await world.askedFor();
      world.crash();
      world.platform.break({ method: 'live', kind: 'unavailable' });
      world.replacePolicy(policyOf('policy 2'));
      await world.start();
      await world.clock.advance(2 * minutes);
      expect((await world.deployment(number)).phase.kind).toBe('awaiting-approval');
      world.platform.mend();

      await world.asked(number, 2);
    });
  });

  describe('while another is under way', () => {
    it('waits in line once it is approved, and is asked about anew since something else is live then', async () => {
      const number = await world.askedFor();
      const other = await world.request('v1.2.0', { by: person('U0ANN') });
      await world.asked(other);
      await world.approved(other);
      await world.untilPhase(other, 'running');

      await world.approved(number);
      const { phase } = await world.untilPhase(number, 'waiting');
      const { approval } = await world.asked(number, 2);

      expect(phase).toMatchObject({
        ...{ for: 'deployment', why: `#${other} of the same service is under way there.` },
      });
      expect((await world.deployment(other)).phase.kind).toBe('succeeded');
      expect(approval?.changes).toEqual(['eu-west-1 runs v1.2.0 now instead of v1.0.0.']);
    });

    it('starts on the votes it has when the other has changed nothing', async () => {
      const number = await world.askedFor();
      const other = await world.otherUnderWay();
      await world.approved(number);
      await world.untilPhase(number, 'waiting');

      await world.abort(other);

      expect((await world.ended(other)).phase.kind).toBe('aborted');
      const { approval, phase } = await world.ended(number);
      // Putting back gives the service a revision of its own where it has to.
      expect([phase.kind, approval?.round]).toEqual(['succeeded', 1]);
    });

    it('is approved at the same moment, and only one of the two begins', async () => {
      const number = await world.askedFor();
      const other = await world.request('v1.2.0', { by: person('U0ANN') });
      await world.asked(other);
      await world.vote(number, 'U0LEO');
      await world.vote(other, 'U0LEO');

      await Promise.all([world.vote(number, 'U0PRIYA'), world.vote(other, 'U0PRIYA')]);
      await world.clock.advance(2_000);

      const states = [await world.deployment(number), await world.deployment(other)];
      expect(states.filter(({ startedAt }) => startedAt !== undefined)).toHaveLength(1);
    });

    it('takes votes until its time is over', async () => {
      const number = await world.askedFor();
      await world.otherUnderWay();

      await world.vote(number, 'U0LEO');
      await world.clock.advance(within);

      expect((await world.deployment(number)).phase.kind).toBe('expired');
    });
  });
});
