import { readFile } from 'node:fs/promises';
import { createAws } from '../../../sandbox/aws/aws.ts';
import { type Seed, sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { createControl } from '../../../sandbox/control.ts';
import { Faults } from '../../../sandbox/faults.ts';
import { forgeConfig } from '../../../sandbox/forge-config.ts';
import { RequestLog } from '../../../sandbox/request-log.ts';
import { listen } from '../../../sandbox/server.ts';
import { createSlack } from '../../../sandbox/slack/slack.ts';
import type { Listening } from './protocol.ts';

/** The sandbox without Forge, in a process of its own: Slack, AWS and the control API. Tasks start at once here. */

const server = await listen(0, { mayMove: false });
const requests = new RequestLog();
const faults = new Faults((service, operation) => requests.add(service, operation));
const origin = () => server.origin;
const slack = createSlack({ origin, faults });
const aws = await createAws({
  ...{ origin, faults, seed: patient(sandboxSeed()), running: 'in-process' },
  timing: { provisionMs: 20, pullMs: 20, startMs: 20, tickMs: 50, settleMs: 200 },
});
const forge = () => ({ pid: null, ready: slack.connectionCount() > 0 });
const control = createControl({ slack, aws, faults, requests, forge, shortcuts: [] });
server.serve({
  inTurn: [control, slack, aws],
  upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
  report: (text) => console.error(text),
});
process.on('disconnect', () => process.exit(0));

const template = await readFile(new URL('../../../sandbox/forge.yml', import.meta.url), 'utf8');
const listening: Listening = {
  origin: server.origin,
  policy: forgeConfig(template, await aws.services(), {}),
};
process.send?.(listening);

/** A busy machine must not make a good task look sick. */
function patient(seed: Seed): Seed {
  return {
    ...seed,
    services: seed.services.map((service) => ({ ...service, healthCheckGracePeriodSeconds: 10_000 })),
    loadBalancers: seed.loadBalancers.map((loadBalancer) => ({
      ...loadBalancer,
      targetGroups: loadBalancer.targetGroups.map((group) => ({
        ...group,
        healthCheck: { ...group.healthCheck, timeoutSeconds: 25 },
      })),
    })),
  };
}
