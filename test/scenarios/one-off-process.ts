import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { recordingLog } from '../slack/harness.ts';
import { companyWorld } from './company.ts';
import { startForge } from './forge-process.ts';
import { hurriedClock } from './hurried-clock.ts';
import { withOneOff } from './one-off.ts';

// Forge as a process of its own, whose deployments write one line to a ledger. The first of them kills the process
// right after it wrote, as a machine may: nothing of it is recorded.
const [file = '', apiUrl = '', ledger = ''] = process.argv.slice(2);

await startForge({
  ...{ file, apiUrl, ...companyWorld() },
  smokeProbe: async () => ({ kind: 'passed' }),
  clock: hurriedClock(10),
  log: recordingLog([]),
  defineJobs: withOneOff(async (deployment) => {
    const isFirst = !existsSync(ledger) || readFileSync(ledger, 'utf8') === '';
    appendFileSync(ledger, `migrated for #${deployment}\n`);
    if (isFirst) process.kill(process.pid, 'SIGKILL');
  }),
});
