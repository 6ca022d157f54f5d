import type { CommandOutcome, CommandRequest, CommandRunner } from '../../src/ports/command-runner.ts';

export type FakeCommandRunner = CommandRunner & {
  /** Every request in the order it came, also those that ended by an abort. */
  readonly requests: readonly CommandRequest[];
  /** Requests that hang at this moment. */
  readonly hanging: readonly CommandRequest[];
  /** What comes of a command from now on: one outcome after the other, the last one for ever. */
  script(command: string, ...outcomes: readonly ScriptedOutcome[]): void;
};

/** `hang`: until the signal aborts. */
type ScriptedOutcome = CommandOutcome | 'hang';

/** Runs nothing: a command that was not scripted passes and prints nothing. */
export function createFakeCommandRunner(): FakeCommandRunner {
  const scripts = new Map<string, ScriptedOutcome[]>();
  const requests: CommandRequest[] = [];
  const hanging = new Set<CommandRequest>();

  function nextFor(command: string): ScriptedOutcome {
    const left = scripts.get(command) ?? [];
    const [next] = left;
    if (left.length > 1) left.shift();
    return next ?? passed();
  }

  async function hang(request: CommandRequest, signal: AbortSignal): Promise<never> {
    hanging.add(request);
    try {
      return await aborted(signal);
    } finally {
      hanging.delete(request);
    }
  }

  return {
    requests,
    get hanging() {
      return [...hanging];
    },
    script(command, ...outcomes) {
      scripts.set(command, [...outcomes]);
    },
    async run(request, { signal }) {
      signal.throwIfAborted();
      requests.push(request);
      const outcome = nextFor(request.command);
      return outcome === 'hang' ? await hang(request, signal) : outcome;
    },
  };
}

/** It ended by itself with 0. */
export function passed(text = ''): CommandOutcome {
  return { kind: 'exited', code: 0, output: { text, isCut: false }, tookMs: 1000 };
}

/** It ended by itself with something else. */
export function failed(text: string, code = 1): CommandOutcome {
  return { kind: 'exited', code, output: { text, isCut: false }, tookMs: 1000 };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
