import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const USAGE = `npm run sandbox [-- options]

A small world to try Forge in: a Slack workspace in your browser, services on a small AWS, and Forge itself.

  --port N      listen on this port; 0 for any free one (without it: 4321, or the next free one)
  --no-open     do not open the browser
  --json        print one line of JSON when everything is ready, for programs; opens no browser
  --verbose     show what Forge logs
  --no-github   no GitHub, no checks and no builds: services, releases and people only
  --forge FILE  start this program as Forge instead of src/main.ts
  --help        show this
`;

const DEFAULT_PORT = 4321;

export type SandboxOptions = {
  kind: 'run';
  port: number;
  /** Another port will do when this one is taken. */
  mayMove: boolean;
  opensBrowser: boolean;
  json: boolean;
  verbose: boolean;
  hasGithub: boolean;
  forgeFile?: string;
};

/** Reads the command line. `refused` is one sentence for the person who typed it. */
export function readOptions(
  words: readonly string[],
): SandboxOptions | { kind: 'help' } | { kind: 'refused'; reason: string } {
  try {
    return read(words);
  } catch (error) {
    // parseArgs says what is wrong and then explains its own rules, which nobody asked for.
    const [reason = ''] = error instanceof Error ? error.message.split('. ') : [String(error)];
    return { kind: 'refused', reason: `${reason}. See npm run sandbox -- --help` };
  }
}

function read(words: readonly string[]): SandboxOptions | { kind: 'help' } {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      'no-github': { type: 'boolean', default: false },
      forge: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { kind: 'help' };
  return {
    kind: 'run',
    port: values.port === undefined ? DEFAULT_PORT : portNumber(values.port),
    mayMove: values.port === undefined,
    opensBrowser: !values['no-open'] && !values.json,
    json: values.json,
    verbose: values.verbose,
    hasGithub: !values['no-github'],
    ...(values.forge === undefined ? {} : { forgeFile: resolve(values.forge) }),
  };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port takes a number from 0 to 65535, not "${text}"`);
}
