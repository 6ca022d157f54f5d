import { createHash, randomBytes } from 'node:crypto';

/** Where a thing of AWS lives. */
export type Scope = { account: string; region: string };
export type LoadBalancerName = Scope & { loadBalancer: string };

/** Names are the same on every start, so that a configuration file can hold them. */
export function clusterArn(scope: Scope, cluster: string): string {
  return ecsArn(scope, `cluster/${cluster}`);
}

export function serviceArn(scope: Scope, cluster: string, service: string): string {
  return ecsArn(scope, `service/${cluster}/${service}`);
}

export function taskArn(scope: Scope, cluster: string, id: string): string {
  return ecsArn(scope, `task/${cluster}/${id}`);
}

export function taskDefinitionArn(scope: Scope, family: string, revision: number): string {
  return ecsArn(scope, `task-definition/${family}:${revision}`);
}

export function targetGroupArn(scope: Scope, targetGroup: string): string {
  return elbArn(scope, `targetgroup/${targetGroup}/${shortHash(`targetgroup ${targetGroup}`)}`);
}

export function loadBalancerArn(name: LoadBalancerName): string {
  return elbArn(name, `loadbalancer/${loadBalancerTail(name)}`);
}

export function listenerArn(name: LoadBalancerName): string {
  return elbArn(name, `listener/${listenerTail(name)}`);
}

/** `priority` as AWS writes it: a number, or `default`. */
export function ruleArn(name: LoadBalancerName, priority: string): string {
  const id = shortHash(`rule ${name.loadBalancer} ${priority}`);
  return elbArn(name, `listener-rule/${listenerTail(name)}/${id}`);
}

/** The host of an account's image registry. */
export function registryHost({ account, region }: Scope): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com`;
}

/** 32 hexadecimal digits, as the ids of tasks and containers. */
export function newTaskId(): string {
  return randomBytes(16).toString('hex');
}

export function newDeploymentId(): string {
  return `ecs-svc/${randomBytes(8).readBigUInt64BE().toString().padStart(19, '0').slice(-19)}`;
}

function ecsArn({ account, region }: Scope, tail: string): string {
  return `arn:aws:ecs:${region}:${account}:${tail}`;
}

function elbArn({ account, region }: Scope, tail: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${account}:${tail}`;
}

function loadBalancerTail({ loadBalancer }: LoadBalancerName): string {
  return `app/${loadBalancer}/${shortHash(`loadbalancer ${loadBalancer}`)}`;
}

function listenerTail(name: LoadBalancerName): string {
  return `${loadBalancerTail(name)}/${shortHash(`listener ${name.loadBalancer}`)}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
