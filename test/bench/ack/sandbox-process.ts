import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Faults } from '../../../sandbox/faults.ts';
import { listen } from '../../../sandbox/server.ts';
import { createSlack, type SlackServer } from '../../../sandbox/slack/slack.ts';
import { Order, type Report, type Typed } from './messages.ts';

/** A process with two workspaces: Forge is in one, the bare app in the other. */

const PEOPLE = ['U0MAYA', 'U0JONAS', 'U0PRIYA', 'U0SAM', 'U0LENA', 'U0RAVI', 'U0DANA', 'U0ELENA'];
/** What everybody may ask and no other service is needed for. */
const COMMANDS = ['whoami', 'help', 'history'];
const CONNECTED_WITHIN_MS = 20_000;

const workspaces = { forge: await openWorkspace(), bare: await openWorkspace() };
process.on('message', (message) => {
  carryOut(Order.parse(message)).then(report, (error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
report({
  kind: 'listening',
  origins: { forge: workspaces.forge.origin, bare: workspaces.bare.origin },
});

async function openWorkspace(): Promise<{ slack: SlackServer; origin: string }> {
  const server = await listen(0, { mayMove: false });
  const slack = createSlack({ origin: () => server.origin, faults: new Faults() });
  server.serve({
    inTurn: [slack],
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  return { slack, origin: server.origin };
}

async function carryOut(order: Order): Promise<Report> {
  const { slack } = workspaces[order.workspace];
  await connected(slack);
  const looking = order.lookIn === undefined ? undefined : lookInto(order.lookIn);
  let acks = 0;
  const typeOne = async (index: number): Promise<Typed> => {
    const words = `${COMMANDS[index % COMMANDS.length]} ${order.label}-${index}`;
    const as = PEOPLE[index % PEOPLE.length] ?? 'U0MAYA';
    const delivery = await slack.command({ as, channel: 'deploys', text: `/forge ${words}` });
    if (!delivery.acked) return { words };
    acks += 1;
    if (acks === order.kill?.atAck) process.kill(order.kill.pid, 'SIGKILL');
    return { words, ackMs: delivery.ms, ...(looking !== undefined && { isKept: looking.isKept(words) }) };
  };
  const typed = await Promise.all(Array.from({ length: order.commands }, (_, index) => typeOne(index)));
  looking?.close();
  return { kind: 'typed', label: order.label, typed };
}

async function connected(slack: SlackServer): Promise<void> {
  for (const end = Date.now() + CONNECTED_WITHIN_MS; slack.connectionCount() === 0; await sleep(20)) {
    if (Date.now() > end) throw new Error('The app did not connect to the sandbox');
  }
}

function lookInto(file: string) {
  const database = new Sqlite(file, { readonly: true });
  const find = database.prepare('select 1 from arrival where instr(payload, ?) > 0');
  return {
    isKept: (words: string) => find.get(`"${words}"`) !== undefined,
    close: () => database.close(),
  };
}

function report(message: Report): void {
  process.send?.(message);
}
