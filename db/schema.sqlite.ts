import { sqliteColumns } from './columns.ts';
import { define } from './schema.ts';

export const { deployment, deploymentEvent, traffic, arrival, post, engine, run, operation, signal } =
  define(sqliteColumns);
