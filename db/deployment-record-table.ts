import type { Columns } from './columns.ts';

/** What the code host was told of deployments. */
export function deploymentRecordTable(c: Columns) {
  const deploymentRecord = c.table('deployment_record', {
    deployment: c.int('deployment').primaryKey(),
    shown: c.int('shown').notNull(),
    hostId: c.int('host_id'),
    notBefore: c.ms('not_before').notNull(),
    attempts: c.int('attempts').notNull(),
  });

  return { deploymentRecord };
}
