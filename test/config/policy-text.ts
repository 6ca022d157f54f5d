import type { Calendars } from '../../src/config/calendar-files.ts';
import { sentenceOf } from '../../src/config/problem.ts';
import { readPolicy } from '../../src/config/read-policy.ts';
import type { Policy } from '../../src/domain/policy.ts';

export const good = `
aws:
  staging: { account: "111111111111" }
people:
  admins: [U0SAM]
services:
  api:
    title: Public API
    kind: web
    repository: acme/api
    image: "{account}.dkr.ecr.{region}.amazonaws.com/api:git-{commit}"
    smoke: ["GET /health is 200", "HEAD / is 301", "GET /version contains {version} now"]
    runs:
      staging:
        eu-west-1: { url: "https://eu.example.com/", cluster: acme, service: api }
        us-east-1: { url: "https://us.example.com/base", cluster: acme, service: api }
  mailer:
    title: Mailer
    kind: worker
    repository: acme/mailer
    image: "{account}.dkr.ecr.{region}.amazonaws.com/mailer:git-{commit}"
    runs:
      staging:
        us-east-1: { cluster: acme, service: mailer }
environments:
  staging:
    channel: C0DEPLOYS
    deploys: { branch: main }
    strategy: rolling
`.trimStart();

/** The good file with one thing changed. */
export function changed(from: string | RegExp, to: string): string {
  const text = good.replace(from, () => to);
  if (text === good) throw new Error(`The good file does not hold ${String(from)}`);
  return text;
}

export function valid(text: string, calendars?: Calendars): Policy {
  const reading = readPolicy(text, 'forge.yml', calendars);
  if (reading.kind === 'invalid') throw new Error(reading.problems.map(sentenceOf).join('\n'));
  return reading.policy;
}

export function sentences(text: string, calendars?: Calendars): string[] {
  const reading = readPolicy(text, 'forge.yml', calendars);
  return reading.kind === 'invalid' ? reading.problems.map(sentenceOf) : [];
}
