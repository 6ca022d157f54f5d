import { InvariantBroken } from '../engine/figure.ts';
import { latestCall, type Measured, measureReturn } from './measure.ts';
import { deploy, dialogOf, formOf, until } from './person.ts';
import type { Stage } from './stage.ts';

const BEFORE = 'v1.0.0';
const RELEASE = 'v1.1.0';
const API = { service: 'api', environment: 'production' };

/** Deploys, and takes it back with a warm standby, confirmed in the form. */
export async function rollBackOnce(stage: Stage, latencyMs: number): Promise<Measured> {
  const undone = await deploy(stage, RELEASE);
  await until(stage, undone, { what: 'done', isSo: ({ phase }) => phase.kind === 'succeeded' });
  const number = await stage.store.nextNumber();
  const confirm = await formOf(stage, undone, 'Roll back');
  const measured = await clicked(stage, { number, confirm, latencyMs });
  await until(stage, number, { what: 'done', isSo: ({ phase }) => phase.kind === 'succeeded' });
  await requireBack(stage);
  return measured;
}

/** Deploys, and aborts in the middle of the canary. */
export async function abortOnce(stage: Stage, latencyMs: number): Promise<Measured> {
  const number = await deploy(stage, RELEASE);
  await untilBaking(stage, number);
  const confirm = await dialogOf(stage, number, 'Abort');
  const measured = await clicked(stage, { number, confirm, latencyMs });
  await until(stage, number, { what: 'aborted', isSo: ({ phase }) => phase.kind === 'aborted' });
  await requireBack(stage);
  return measured;
}

/** Deploys what goes bad in the middle of the canary; nobody clicks. Measured from the decision. */
export async function failOnce(stage: Stage, latencyMs: number): Promise<Measured> {
  const { client, store } = stage;
  const number = await deploy(stage, RELEASE);
  await untilBaking(stage, number);
  const after = await latestCall(stage);
  await setLatency(stage, latencyMs);
  await client.behaviour({ ...API, version: RELEASE, errorPercent: 100 });
  await until(stage, number, { what: 'put back', isSo: ({ phase }) => phase.kind === 'rolling-back' });
  const decided = (await store.events(number)).find(({ event }) => event.type === 'restoring');
  const since = decided?.at ?? Number.NaN;
  const measured = await measureReturn(stage, { number, since, after, latencyMs });
  await setLatency(stage, 0);
  await client.behaviour({ ...API, version: RELEASE, errorPercent: null });
  await until(stage, number, { what: 'put back', isSo: ({ phase }) => phase.kind === 'rolled-back' });
  await requireBack(stage);
  return measured;
}

async function clicked(
  stage: Stage,
  { number, confirm, latencyMs }: { number: number; confirm: () => Promise<unknown>; latencyMs: number },
): Promise<Measured> {
  await setLatency(stage, latencyMs);
  const after = await latestCall(stage);
  const since = Date.now();
  const [measured] = await Promise.all([
    measureReturn(stage, { number, since, after, latencyMs }),
    confirm(),
  ]);
  await setLatency(stage, 0);
  return measured;
}

function untilBaking(stage: Stage, number: number): Promise<void> {
  return until(stage, number, {
    what: 'baking',
    isSo: ({ steps }) =>
      Object.entries(steps).some(([id, { kind }]) => id.includes('bake') && kind === 'running'),
  });
}

async function setLatency({ client }: Stage, ms: number): Promise<void> {
  await client.configureAws({ latency: { minMs: ms, maxMs: ms } });
}

/** The service answers with the earlier release. */
async function requireBack({ client }: Stage): Promise<void> {
  const { services } = await client.state();
  const url = services.find(
    ({ name, environment }) => name === API.service && environment === API.environment,
  )?.url;
  const answer = await fetch(`${url}/version`, { headers: { connection: 'close' } });
  const text = await answer.text();
  if (!text.includes(BEFORE)) throw new InvariantBroken(`The service answers ${text} instead of ${BEFORE}`);
}
