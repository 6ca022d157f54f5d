import type { Switches } from '../fault-model.ts';
import type { Json } from '../json.ts';
import { asNumber, asObject } from '../json.ts';

/** A way in which Slack or AWS misbehaves all the time, until it is switched off. */
export type Switch = {
  where: 'slack' | 'aws';
  title: string;
  explanation: string;
  isOn(settings: Json): boolean;
  on: Json;
  off: Json;
};

const NEVER = { minMs: 0, maxMs: 0 };
const LATE = { minMs: 500, maxMs: 5_000 };

export const SWITCHES: readonly Switch[] = [
  {
    where: 'slack',
    title: 'No new block types',
    explanation: 'The workspace refuses plan, table, markdown and the other blocks of 2026.',
    isOn: ({ newBlocks }) => newBlocks === false,
    on: { newBlocks: false },
    off: { newBlocks: true },
  },
  {
    where: 'slack',
    title: 'Refuse new connections',
    explanation: 'As in an outage: connections that are open stay, no new one is accepted.',
    isOn: ({ acceptsConnections }) => acceptsConnections === false,
    on: { acceptsConnections: false },
    off: { acceptsConnections: true },
  },
  {
    where: 'slack',
    title: 'Socket Mode off',
    explanation: 'An administrator switched it off: Forge is told link_disabled.',
    isOn: ({ socketMode }) => socketMode === false,
    on: { socketMode: false },
    off: { socketMode: true },
  },
  {
    where: 'slack',
    title: 'Bot token revoked',
    explanation: 'Every call of Forge is answered with token_revoked.',
    isOn: ({ token }) => token === 'revoked',
    on: { token: 'revoked' },
    off: { token: 'active' },
  },
  {
    where: 'slack',
    title: 'Messages are editable for 1 minute only',
    explanation: 'Later edits are answered with edit_window_closed.',
    isOn: ({ editWindowMinutes }) => typeof editWindowMinutes === 'number',
    on: { editWindowMinutes: 1 },
    off: { editWindowMinutes: null },
  },
  {
    where: 'aws',
    title: 'Late reads',
    explanation: 'Describe, List and Get show the world as it was 0.5 to 5 seconds ago.',
    isOn: ({ staleReads }) => {
      const { services } = asObject(staleReads);
      return Array.isArray(services) && services.length > 0;
    },
    on: {
      staleReads: {
        services: ['ecs', 'elasticloadbalancing', 'ecr', 'application-autoscaling', 'scheduler'],
        age: LATE,
      },
    },
    off: { staleReads: { services: [] } },
  },
  {
    where: 'aws',
    title: 'Load balancer nodes apart',
    explanation: 'Two nodes; each change reaches one of them 0.5 to 5 seconds later.',
    isOn: ({ nodes }) => asNumber(asObject(nodes).count) === 2,
    on: { nodes: { count: 2, lag: LATE } },
    off: { nodes: { count: 1 } },
  },
  {
    where: 'aws',
    title: 'Slow answers',
    explanation: 'Every operation takes 0.5 to 2 seconds longer.',
    isOn: ({ latency }) => asNumber(asObject(latency).maxMs) > 0,
    on: { latency: { minMs: 500, maxMs: 2_000 } },
    off: { latency: NEVER },
  },
  {
    where: 'aws',
    title: 'Late metrics',
    explanation: 'Numbers of CloudWatch appear 2 to 6 seconds late, at first only half of them.',
    isOn: ({ metrics }) => asNumber(asObject(asObject(metrics).lag).maxMs) > 0,
    on: { metrics: { lag: { minMs: 2_000, maxMs: 6_000 }, growMs: 2_000 } },
    off: { metrics: { lag: NEVER } },
  },
  {
    where: 'aws',
    title: 'Slow database',
    explanation: 'Every page of every service takes 0.8 seconds longer, in both colours alike.',
    isOn: ({ dependency }) => asNumber(asObject(dependency).latencyMs) > 0,
    on: { dependency: { latencyMs: 800 } },
    off: { dependency: { latencyMs: 0 } },
  },
];

export function isSwitchedOn(one: Switch, switches: Switches): boolean {
  return one.isOn(switches[one.where]);
}

export type ConnectionAction = 'refresh' | 'cut' | 'silence';

/** What can happen at once to Forge's connections to Slack. */
export const DISTURBANCES: readonly { action: ConnectionAction; title: string; explanation: string }[] = [
  { action: 'refresh', title: 'Ask to reconnect', explanation: 'As Slack does every few hours' },
  { action: 'cut', title: 'Cut', explanation: 'The connection is gone without a goodbye' },
  { action: 'silence', title: 'Go silent', explanation: 'It stays open, and nothing passes any more' },
];
