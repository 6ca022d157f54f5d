import { z } from 'zod';
import { AlterImages } from './aws/ecr/alter-images.ts';
import { AwsSettings, AwsSettingsChange, TaskBehaviourChange } from './aws/settings.ts';
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
const place = {
  service: name('a service of GET /sandbox/state'),
  environment: name('an environment of GET /sandbox/state'),
};
const ScaleIn = z.strictObject(place);
const weight = z.int({ error: 'a weight, 0 to 999' }).min(0).max(999);
const SetWeights = z.strictObject({ ...place, blue: weight, green: weight });
const SetDependency = AwsSettings.shape.dependency;

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
    post('/sandbox/behaviour', async (read) => {
      aws.behave(read(TaskBehaviourChange));
      return { behaviours: aws.settings().behaviours };
    }),
    post('/sandbox/dependency', async (read) => {
      aws.change({ dependency: read(SetDependency) });
      return aws.settings().dependency;
    }),
    post('/sandbox/weights', async (read) => aws.weigh(read(SetWeights))),
    post('/sandbox/images', async (read) => aws.alterImages(read(AlterImages))),
  ];
}
