import { z } from 'zod';
import { type AwsSettings, AwsSettingsChange } from './aws/settings.ts';
import { Nothing } from './control-requests.ts';
import { get, post, type Route } from './control-route.ts';
import { given } from './given.ts';
import type { AwsPart } from './parts.ts';

const name = (error: string) => z.string({ error }).min(1);

const SetMetric = z.strictObject({
  region: name('the region of the metric').default('us-east-1'),
  namespace: name('a namespace such as AWS/RDS'),
  metric: name('a metric such as DatabaseConnections'),
  dimensions: z.record(z.string(), z.string()),
  value: z.number({ error: 'a number, or null to end the metric' }).nullable(),
});
const ScaleIn = z.strictObject({
  service: name('a service of GET /sandbox/state'),
  environment: name('an environment of GET /sandbox/state'),
});

/** The switches of AWS, and what happens there without anybody at Forge. */
export function awsRoutes(aws: AwsPart): Route[] {
  const state = (): { settings: AwsSettings } => ({ settings: aws.settings() });
  return [
    get('/sandbox/aws', async (read) => {
      read(Nothing);
      return state();
    }),
    post('/sandbox/aws', async (read) => {
      aws.change(given(read(AwsSettingsChange)));
      return state();
    }),
    post('/sandbox/metrics', async (read) => {
      const level = read(SetMetric);
      aws.level(level);
      return level;
    }),
    post('/sandbox/scale-in', async (read) => aws.scaleIn(read(ScaleIn))),
  ];
}
