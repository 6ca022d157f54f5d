import { z } from 'zod';
import { defaultSteps } from '../domain/default-steps.ts';
import type { ShiftStep, StrategyPolicy } from '../domain/policy.ts';
import { Duration, durationPattern, millisecondsOf } from './duration.ts';
import { shown, words } from './words.ts';

const how =
  'Write a weight and its bake like "10% for 10m", with " then ask" where a person must let it go on; or { weight: 10, bake: 10m, approve: true }.';

const StepSentence = words({
  what: 'a step of traffic',
  how,
  pattern: new RegExp(`^(?:[1-9]\\d?|100)% for ${durationPattern}(?: then ask)?$`),
}).transform(stepOf);

const weight = 'Write the weight as a whole number from 1 to 100.';

const StepGroup = z
  .strictObject({
    weight: z.int(weight).min(1, weight).max(100, weight),
    bake: Duration,
    approve: z.boolean('Write true or false.').default(false),
  })
  .transform(({ weight, bake, approve }): ShiftStep => ({ weight, bake, ...(approve && { approve }) }));

const Steps = z
  .array(
    z.union([StepSentence, StepGroup], {
      error: ({ input }) => `${shown(input)} is not a step of traffic. ${how}`,
    }),
  )
  .min(1, `Name at least one step. ${how}`)
  .superRefine((steps, context) => {
    for (const [index, { weight }] of steps.entries()) {
      const before = steps[index - 1];
      if (before === undefined || before.weight < weight) continue;
      const message = `Each step moves more traffic than the one before it, and ${weight}% is not more than ${before.weight}%. Put the weights in rising order.`;
      context.addIssue({ code: 'custom', path: [index], message });
    }
    const last = steps.at(-1);
    if (last === undefined || last.weight === 100) return;
    const message = `The last step must be 100%: a deployment that ends at ${last.weight}% would leave the old release with the rest. Add one like "100% for 30m".`;
    context.addIssue({ code: 'custom', path: [steps.length - 1], message });
  });

const usage =
  'Write rolling, blue-green or canary, or your own steps like { canary: [10% for 10m, 100% for 30m] }.';

/** How a release is put on a service: a name, or the name of one that moves traffic with steps of its own. */
export const Strategy = z
  .union(
    [
      z.enum(['rolling', 'blue-green', 'canary']),
      z
        .strictObject({ 'blue-green': Steps.optional(), canary: Steps.optional() })
        .refine((given) => Object.keys(given).length === 1, {
          error: `Name one strategy. ${usage}`,
          // A misspelt one is told by its name.
          when: ({ issues }) => issues.length === 0,
        }),
    ],
    {
      error: ({ input }) =>
        input === undefined ? `Add the strategy. ${usage}` : `${shown(input)} is not a strategy. ${usage}`,
    },
  )
  .transform(strategyOf)
  .describe(`How a release is put on a service. ${usage}`);

/** Expects text that `StepSentence` accepted. */
function stepOf(sentence: string): ShiftStep {
  const [weight = '', rest = ''] = sentence.split('% for ');
  const bake = millisecondsOf(rest.replace(/ then ask$/, ''));
  return { weight: Number(weight), bake, ...(rest.endsWith(' then ask') && { approve: true as const }) };
}

type Written =
  | 'rolling'
  | 'blue-green'
  | 'canary'
  | { 'blue-green'?: ShiftStep[] | undefined; canary?: ShiftStep[] | undefined };

function strategyOf(written: Written): StrategyPolicy {
  if (written === 'rolling') return { kind: written };
  if (typeof written === 'string') return { kind: written, steps: [...defaultSteps[written]] };
  const { 'blue-green': blueGreen, canary } = written;
  if (blueGreen !== undefined) return { kind: 'blue-green', steps: blueGreen };
  return { kind: 'canary', steps: canary ?? [...defaultSteps.canary] };
}
