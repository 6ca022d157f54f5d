import type { Json } from './json.ts';
import { asNumber, asObject, asText } from './json.ts';

/** A fault the sandbox was told to show. It has ended by itself when `struck` has reached `times`. */
export type Fault = {
  id: number;
  service: string;
  operation: string;
  kind: string;
  /** The first matching call it strikes, counted from 1. */
  nth: number;
  times: number;
  calls: number;
  struck: number;
};

/** How the workspace and AWS misbehave all the time, as their own settings say it. */
export type Switches = { slack: Json; aws: Json };

export function parseFault(entry: Json): Fault {
  const fault = asObject(entry.fault);
  return {
    id: asNumber(entry.id),
    service: asText(fault.service),
    operation: asText(fault.operation),
    kind: asText(fault.kind),
    nth: asNumber(fault.nth),
    times: asNumber(fault.times),
    calls: asNumber(entry.calls),
    struck: asNumber(entry.struck),
  };
}

export function parseSwitches(value: unknown): Switches {
  const switches = asObject(value);
  return { slack: asObject(switches.slack), aws: asObject(switches.aws) };
}

export function isOn({ struck, times }: Fault): boolean {
  return struck < times;
}

/** What it strikes, as "ecs UpdateService"; every operation is "any call". */
export function faultPlace({ service, operation }: Fault): string {
  return `${service} ${operation === '*' ? 'any call' : operation}`;
}

/** How far it has come, as "struck 1 of 3" or "strikes the 2nd call". */
export function faultProgress({ struck, times, nth, calls }: Fault): string {
  const ahead = nth - calls;
  const waits = ahead > 1 ? `, after ${ahead - 1} more ${ahead === 2 ? 'call' : 'calls'}` : '';
  return `struck ${struck} of ${times}${waits}`;
}
