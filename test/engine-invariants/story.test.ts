import { describe, expect, it } from 'vitest';
import { drawStory } from '../chaos/engine/story.ts';
import { drawStrike } from '../chaos/engine/strikes.ts';
import { createRandom } from '../chaos/random.ts';

function planOf(seed: number): unknown {
  const random = createRandom(seed);
  return {
    stories: Array.from({ length: 20 }, (_, index) => drawStory(index, random)),
    strikes: Array.from({ length: 20 }, () => drawStrike(random)),
  };
}

describe('a seed', () => {
  it('gives the same runs and strikes each time', () => {
    expect(planOf(7)).toEqual(planOf(7));
  });

  it('gives others than another seed', () => {
    expect(planOf(7)).not.toEqual(planOf(8));
  });
});
