import type { IncomingMessage } from 'node:http';
import { chooseRule, chooseTargetGroup } from './choose-rule.ts';
import type { Rule } from './messages.ts';
import type { LoadBalancerNode } from './node.ts';
import { markOf, type StickyCookie, stickyHeader, stickyMark } from './stickiness.ts';
import type { Turn } from './target-pool.ts';

export type Choice = {
  targetGroup: string | undefined;
  /** A header led it here, not the weights: somebody tries a colour out. */
  isPreview: boolean;
  turn: Turn | undefined;
  idleTimeoutMs: number;
  /** `set-cookie` headers that bind the client to this choice. */
  cookies: string[];
};

/** Where a node, with the rules and targets it knows, sends the request. */
export function choose(
  node: LoadBalancerNode | undefined,
  listener: string,
  request: IncomingMessage,
): Choice {
  const { rules, idleTimeoutMs } = node?.listener(listener) ?? { rules: [], idleTimeoutMs: 0 };
  const rule = chooseRule(rules, request);
  const isPreview = rule?.conditions.some(({ field }) => field === 'header') ?? false;
  const targetGroup = rule === undefined ? undefined : groupOf(rule, request);
  const pool = targetGroup === undefined ? undefined : node?.pool(targetGroup);
  const stickyMs = pool?.stickyMs ?? 0;
  const turn = pool?.next(stickyMs > 0 ? stickyMark(request, 'AWSALB') : undefined);
  const cookies: string[] = [];
  const bind = (cookie: StickyCookie, name: string, lastsMs: number) => {
    if (lastsMs > 0) cookies.push(stickyHeader(cookie, name, lastsMs));
  };
  bind('AWSALBTG', targetGroup ?? '', rule?.stickyMs ?? 0);
  if (turn !== undefined) bind('AWSALB', `${turn.target.host}:${turn.target.port}`, stickyMs);
  return { targetGroup, isPreview, turn, idleTimeoutMs, cookies };
}

/** A client's cookie is stronger than the weights: it stays with its group, even one of weight 0. */
function groupOf(rule: Rule, request: IncomingMessage): string | undefined {
  const mark = rule.stickyMs > 0 ? stickyMark(request, 'AWSALBTG') : undefined;
  const bound = rule.forward.find(({ targetGroup }) => markOf(targetGroup) === mark);
  return bound?.targetGroup ?? chooseTargetGroup(rule, Math.random());
}
