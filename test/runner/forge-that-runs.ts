import { clock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { createCommandRunner } from '../../src/runner/create-command-runner.ts';

/** A process with a runner, to be killed. Told everything as JSON in its first argument; runs one command, or proves where there is none. */
const { policy, folder, url, commit, command, install } = JSON.parse(process.argv[2] ?? '{}');
const runner = createCommandRunner({
  policy,
  codeHost: { gitAccess: async () => ({ url }) },
  folder,
  clock,
  log: createLog('warn'),
});
if (command === undefined) await runner.prove();
else {
  const request = { repository: 'acme/api', commit, command, install, within: 600_000, outputLimit: 1000 };
  console.log(JSON.stringify(await runner.run(request, { signal: new AbortController().signal })));
}
await runner.stop();
