import { afterEach, describe, expect, it } from 'vitest';
import { InProcessTask } from '../../../sandbox/aws/ecs/in-process-task.ts';
import { until } from './start-aws.ts';
import { startTarget } from './targets.ts';

describe('a task in the sandbox’s own process', () => {
  let task: InProcessTask;
  afterEach(() => task.stop(0));

  it('serves its version on a real port', async () => {
    const { url } = await start({ VERSION: 'v1.1.0' });

    await until(() => answers(url));
    const answer = await fetch(`${url}/version`, { headers: { connection: 'close' } });

    expect(answer.headers.get('x-version')).toBe('v1.1.0');
    expect(await task.isHealthy()).toBe(true);
  });

  it('ends with 0 when it is asked to, and frees its port', async () => {
    const { url } = await start({ VERSION: 'v1.1.0' });
    await until(() => answers(url));

    await task.stop(5_000);

    expect(await task.exited).toBe(0);
    expect(task.hasEnded).toBe(true);
    expect(await task.isHealthy()).toBe(false);
    expect(await answers(url)).toBe(false);
  });

  it('is killed when it does not end in time, as a container that hangs', async () => {
    await start({ VERSION: 'v1.2.1-hang' });

    await task.stop(20);

    expect(await task.exited).toBe(137);
  });

  it('ends with 1 when it crashes while starting', async () => {
    await start({ VERSION: 'v1.2.0-crash' });

    expect(await task.exited).toBe(1);
  });

  it('ends with 1 when its port is taken', async () => {
    const { server, port } = await startTarget((_request, response) => response.end());

    await start({ VERSION: 'v1.1.0', PORT: String(port) });

    expect(await task.exited).toBe(1);
    server.close();
  });

  it('runs a one-off command to its exit code', async () => {
    await start({ VERSION: 'v1.3.0-unmigrated' }, ['npm', 'run', 'migrate']);

    expect(await task.exited).toBe(1);
  });

  it('says of a worker that it is healthy once it has started', async () => {
    await start({ VERSION: 'v1.1.0', KIND: 'worker' });

    await until(() => task.isHealthy());
    await task.stop(5_000);

    expect(await task.exited).toBe(0);
  });

  async function start(variables: Record<string, string>, words: string[] = []): Promise<{ url: string }> {
    const port = variables.PORT ?? String(await unusedPort());
    task = new InProcessTask({ words, variables: { START_MS: '20', ...variables, PORT: port } });
    return { url: `http://127.0.0.1:${port}` };
  }
});

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/health`, { headers: { connection: 'close' } });
    return true;
  } catch {
    return false;
  }
}

async function unusedPort(): Promise<number> {
  const { server, port } = await startTarget((_request, response) => response.end());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
