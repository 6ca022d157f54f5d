import { openDatabase } from '../../../db/database.ts';
import { run } from '../../../db/schema.sqlite.ts';
import { createStore } from '../../../db/store.ts';
import { clock } from '../../../src/clock.ts';
import { createDeliveryDesk, takeUpDeliveries } from '../../../src/use-cases/take-delivery.ts';
import { createWebServer } from '../../../src/web/server.ts';
import { silentLog } from '../../fakes/log.ts';
import { followPolicy } from '../../jobs/follow-world.ts';
import { SECRET } from '../../web/listening.ts';

/** Forge's web server on a database file, as a process of its own. Tells its port; asked by a message, what it has acted on. */
const [file = ''] = process.argv.slice(2);
const database = openDatabase(file);
const store = createStore(database, { clock });
const server = createWebServer({ port: 0, host: '127.0.0.1', webhookSecret: SECRET }, { log: silentLog });
const used = { store, policy: followPolicy, clock, log: silentLog };
const left = await store.openArrivals();
server.serve(createDeliveryDesk(used));
await takeUpDeliveries(left, used);
process.send?.({ port: await server.start() });

process.on('message', () => {
  tell().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));

async function tell(): Promise<void> {
  const runs = database.orm.select({ id: run.id }).from(run).all();
  process.send?.({ runs: runs.map(({ id }) => id), open: (await store.openArrivals()).length });
}
