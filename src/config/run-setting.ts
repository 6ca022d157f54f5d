import { z } from 'zod';
import type { Run as PolicyRun } from '../domain/policy.ts';
import { ColourPlace, EcsService, Preview, Rules } from './colour-settings.ts';
import { AwsName } from './names.ts';
import { shown, words } from './words.ts';

const Url = words({
  what: 'the public address of the service',
  how: 'Write it like "https://staging.example.com": a host, perhaps a port and a path, but no user, password, query or fragment.',
  pattern: /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/,
})
  .refine(URL.canParse, {
    error: ({ input }) =>
      `${shown(input)} is not an address that can be asked. Correct its host or its port (1 to 65535).`,
  })
  .transform((url) => url.replace(/\/+$/, ''));

const Written = z.strictObject({
  url: Url.optional(),
  cluster: AwsName('the name of an ECS cluster', 'It is the name, not the ARN.'),
  service: EcsService.optional(),
  blue: ColourPlace.optional(),
  green: ColourPlace.optional(),
  rules: Rules.optional(),
  preview: Preview.optional(),
});
type Written = z.infer<typeof Written>;

type PlacedRun = PolicyRun extends infer Run ? (Run extends PolicyRun ? Omit<Run, 'region'> : never) : never;

/** Where a service runs in one region: on one ECS service, or on two in colours. */
export const Run = Written.transform((written, context): PlacedRun => {
  const { url, cluster, service, blue, green, rules, preview } = written;
  const where = { cluster, ...(url !== undefined && { url }) };
  if (service !== undefined && !isInColours(written)) return { ...where, service };
  if (service === undefined && blue && green && rules && preview) {
    const colours = {
      ...{ blue: placeOf(blue), green: placeOf(green), rules },
      preview: { header: preview.header, valueFrom: preview['value from'] },
    };
    return { ...where, colours };
  }
  for (const [key, message] of Object.entries(problemsOf(written))) {
    context.addIssue({ code: 'custom', path: [key], message });
  }
  return z.NEVER;
});

const additions = {
  blue: 'Add blue: { service: …, target group: … }, the first of the two ECS services.',
  green: 'Add green: { service: …, target group: … }, the second of the two ECS services.',
  rules: 'Add the rules: ARNs of the listener rules whose weights split the traffic between blue and green.',
  preview:
    'Add preview: { header: X-Forge-Preview, value from: FORGE_PREVIEW_TOKEN }. Without it no release could be tried out before it takes traffic.',
} as const;

function problemsOf(written: Written): Record<string, string> {
  if (!isInColours(written)) {
    const service =
      'Add the name of an ECS service. Or two of them, as blue and green, with rules and preview.';
    return { service };
  }
  if (written.service !== undefined) {
    return { service: 'Blue and green name the ECS services here. Remove this one, or both of them.' };
  }
  const missing = Object.entries(additions).filter(([key]) => !(key in written));
  return Object.fromEntries(missing);
}

function isInColours({ blue, green, rules, preview }: Written): boolean {
  return [blue, green, rules, preview].some((part) => part !== undefined);
}

function placeOf(written: z.infer<typeof ColourPlace>): { service: string; targetGroup: string } {
  return { service: written.service, targetGroup: written['target group'] };
}
