const elb = 'arn:aws:elasticloadbalancing:us-east-1:222222222222';

export const blueGroup = `${elb}:targetgroup/api-blue/0123456789abcdef`;
export const greenGroup = `${elb}:targetgroup/api-green/fedcba9876543210`;
export const firstRule = `${elb}:listener-rule/app/acme/0011223344556677/8899aabbccddeeff/0000000000000001`;
export const secondRule = `${elb}:listener-rule/app/acme/0011223344556677/8899aabbccddeef0/0000000000000002`;
export const role = 'arn:aws:iam::222222222222:role/forge-dead-man-switch';

/** A policy whose one service runs in colours. */
export const goodInColours = `
aws:
  production: { account: "222222222222" }
people:
  admins: [U0SAM]
  approvers: [U0LENA, U0LENA]
  incident-commanders: [S0ONCALL, U0DANA]
services:
  api:
    title: Public API
    kind: web
    repository: acme/api
    image: "{account}.dkr.ecr.{region}.amazonaws.com/api:git-{commit}"
    smoke: ["GET /health is 200"]
    database: { production: { instance: acme-prod, max connections: 500, pool per task: 10 } }
    runs:
      production:
        us-east-1:
          url: "https://us.example.com"
          cluster: acme
          blue: { service: api-blue, target group: "${blueGroup}" }
          green: { service: api-green, target group: "${greenGroup}" }
          rules: ["${firstRule}", "${secondRule}"]
          preview: { header: X-Forge-Preview, value from: FORGE_PREVIEW_TOKEN }
environments:
  production:
    channel: C0PRODUCTION
    deploys: { branch: main }
    strategy: canary
    dead man switch: { role: "${role}" }
`.trimStart();

/** The good file in colours with one thing changed. */
export function recoloured(from: string | RegExp, to: string): string {
  const text = goodInColours.replace(from, () => to);
  if (text === goodInColours) throw new Error(`The good file in colours does not hold ${String(from)}`);
  return text;
}

/** The good file in colours with more keys of the environment. */
export function withSettings(...lines: string[]): string {
  const strategy = '    strategy: canary\n';
  return goodInColours.replace(strategy, strategy + lines.map((line) => `    ${line}\n`).join(''));
}

/** The good file in colours with more keys of the service. */
export function ofService(...lines: string[]): string {
  return recoloured('    runs:', `${lines.map((line) => `    ${line}\n`).join('')}    runs:`);
}

/** Another ARN of the same kind. */
export function otherId(arn: string): string {
  return `${arn.slice(0, -1)}9`;
}

const second = goodInColours
  .slice(goodInColours.indexOf('  api:'), goodInColours.indexOf('environments:'))
  .replace('  api:', '  shop:')
  .replaceAll('service: api-', 'service: shop-')
  .replaceAll(/"(arn:aws:elasticloadbalancing:.*?)"/g, (_all, arn: string) => `"${otherId(arn)}"`);

/** The good file in colours with another service, `shop`, like the first. */
export const twoInColours = recoloured('environments:', `${second}environments:`);
