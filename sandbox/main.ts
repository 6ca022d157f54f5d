import { openBrowser } from './open-browser.ts';
import { readOptions, type SandboxOptions, USAGE } from './options.ts';
import { whenOrphaned } from './orphaned.ts';
import { startWorld, type World } from './world.ts';

/** Everything ends within 3 s; what has not by then is left to the processes' own watch over this one. */
const STOP_WITHIN_MS = 2_800;
/** For people production is in use: a release that nobody asks for anything can't be judged. */
const CUSTOMERS = 40;
/** One Ctrl-C may arrive twice: from the terminal, and handed on by a parent. */
const SAME_SIGNAL_MS = 300;

const options = readOptions(process.argv.slice(2));
switch (options.kind) {
  case 'help':
    process.stdout.write(USAGE);
    break;
  case 'refused':
    process.stderr.write(`${options.reason}\n`);
    process.exitCode = 2;
    break;
  case 'run':
    await run(options);
    break;
}

async function run(asked: SandboxOptions): Promise<void> {
  let world: World | undefined;
  onEnd(async () => world?.stop());
  try {
    world = await startWorld({
      hasGithub: asked.hasGithub,
      port: asked.port,
      mayMove: asked.mayMove,
      customers: asked.json ? 0 : CUSTOMERS,
      ...(asked.forgeFile === undefined ? {} : { forgeFile: asked.forgeFile }),
      report: (text) => process.stderr.write(`${text}\n`),
      onForgeLine: (line) => {
        if (asked.verbose) process.stderr.write(`forge | ${line}\n`);
      },
    });
  } catch (error) {
    complain(error);
    process.exit(1);
  }
  process.stdout.write(asked.json ? `${JSON.stringify(addresses(world))}\n` : welcome(world));
  if (asked.opensBrowser) openBrowser(`${world.origin}/`);
}

/** Runs `stop` at the first signal; a second one ends this process at once, and the others by their own watch. */
function onEnd(stop: () => Promise<void>): void {
  let endingSince: number | undefined;
  const end = () => {
    if (endingSince !== undefined) return;
    endingSince = Date.now();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        complain(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSince !== undefined && Date.now() - endingSince > SAME_SIGNAL_MS) process.exit(130);
      end();
    });
  }
  whenOrphaned(end);
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

function addresses(world: World) {
  return {
    page: `${world.origin}/`,
    control: `${world.origin}/sandbox`,
    slack: `${world.origin}/api/`,
    aws: world.origin,
    services: world.services.map(({ name, environment, region, url }) => ({
      name,
      environment,
      region,
      url,
    })),
    forge: { pid: world.forge.state().pid, log: world.logFile },
    config: world.configFile,
    pid: process.pid,
  };
}

function welcome(world: World): string {
  const services = world.services.map(({ name, environment, url }) =>
    url === undefined ? '' : `  ${name} in ${environment} answers at ${url}\n`,
  );
  return `
The sandbox is ready: ${world.origin}/

  Type  /forge deploy staging  in #deploys, or  /forge deploy production  in #production, and watch.
  Production wants an approval: act as Lena Fischer at the top, and press Approve.
${services.join('')}
  The policy it follows: ${world.configFile}, made from sandbox/forge.yml.
  When you have changed it, type  /forge reload  as Sam Okafor. What programs can do here: sandbox/README.md.
  Forge logs to ${world.logFile}. Ctrl-C ends everything.
`;
}
