import { describe, expect, it } from 'vitest';
import { createPace } from '../../../jobs/publishing/pace.ts';
import { aDeployment } from '../../builders.ts';

describe('what publishing knows of the messages', () => {
  it('is forgotten of finished deployments that nothing is left to do for, and of no others', () => {
    const pace = createPace();
    const running = aDeployment([], { deployment: 1 });
    const waiting = aDeployment([{ type: 'succeeded' }], { deployment: 2 });
    const over = aDeployment([{ type: 'succeeded' }], { deployment: 3 });
    for (const deployment of [running, waiting, over]) pace.show(deployment, { at: 0, refreshAt: undefined });

    pace.forgetFinished(new Set([2]));

    expect([running, waiting, over].map((deployment) => pace.isShown(deployment, 0))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
