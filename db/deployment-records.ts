import type { DeploymentRecords } from '../src/ports/deployment-records.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gt, isNotNull, isNull, lt, lte, or } from './drizzle.ts';
import { deployment, deploymentRecord } from './schema.sqlite.ts';

export function createDeploymentRecords({ orm }: Pick<Database, 'orm'>): DeploymentRecords {
  return {
    async deploymentsToRecord({ now, endedAfter }) {
      const record = deploymentRecord;
      const isOpen = or(isNull(deployment.endedAt), gt(deployment.endedAt, endedAfter));
      const isBehind = and(lt(record.shown, deployment.eventVersion), lte(record.notBefore, now));
      const rows = orm
        .select({ number: deployment.number })
        .from(deployment)
        .leftJoin(record, eq(record.deployment, deployment.number))
        .where(or(and(isNull(record.deployment), isOpen), and(isNotNull(record.deployment), isBehind)))
        .orderBy(asc(deployment.number));
      return rows.all().map(({ number }) => number);
    },
    async deploymentRecord(number) {
      const row = orm.select().from(deploymentRecord).where(eq(deploymentRecord.deployment, number)).get();
      if (row === undefined) return undefined;
      const { hostId, ...kept } = row;
      return hostId === null ? kept : { ...kept, hostId };
    },
    async keepDeploymentRecord({ hostId = null, ...kept }) {
      const row = { ...kept, hostId };
      const { deployment: _key, ...change } = row;
      orm
        .insert(deploymentRecord)
        .values(row)
        .onConflictDoUpdate({ target: deploymentRecord.deployment, set: change })
        .run();
    },
  };
}
