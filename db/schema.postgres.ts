import { asColumns } from './columns.postgres.ts';
import { define } from './schema.ts';

export const { deployment, deploymentEvent, traffic, arrival, post, engine, run, operation, signal } = define(
  asColumns(),
);
