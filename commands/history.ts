import { z } from 'zod';
import { serviceNamed } from '../src/domain/policy.ts';
import { historyMessage } from '../views/history.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { placeFilter } from './place-filter.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({
  service: z.string().optional(),
  environment: z.string().optional(),
  /** Lists deployments with a smaller number than this. */
  before: z.int().optional(),
});
type Input = z.infer<typeof Input>;

/** Rows a page: it stays readable on a phone. */
const PAGE = 5;

export const history = defineCommand<Input>({
  name: 'history',
  usage: 'history [service] [environment]',
  summary: 'what was deployed, newest first',
  act: 'read',
  input: Input,
  fromWords(words, asking) {
    refuseUnusable(words, 'history', ['numbers', 'strategies', 'regions']);
    return { kind: 'input', value: placeFilter(words, 'history', asking) };
  },
  run,
});

async function run({ service, environment, before }: Input, { forge }: Asking): Promise<Reply> {
  const filter = {
    ...(service === undefined ? {} : { service }),
    ...(environment === undefined ? {} : { environment }),
  };
  const found = await forge.history({
    ...filter,
    ...(before === undefined ? {} : { before }),
    limit: PAGE + 1,
  });
  const page = found.slice(0, PAGE);
  const rows = page.map((deployment) => ({
    deployment,
    title: serviceNamed(forge.policy, deployment.service)?.title ?? deployment.service,
  }));
  const last = page.at(-1);
  const next = found.length > PAGE && last !== undefined ? { next: last.number } : {};
  return { kind: 'private', message: historyMessage({ rows, filter, ...next, now: forge.now() }) };
}
