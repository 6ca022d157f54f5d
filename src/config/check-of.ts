import { type CheckKind, type CheckPolicy, SEVERITIES, type Severity } from '../domain/check.ts';
import type { Role } from '../domain/roles.ts';
import type { CheckKeys } from './check-keys.ts';
import { ROLE_KEYS } from './people-setting.ts';

const minute = 60_000;
export const INSTALL_WITHIN = 10 * minute;
export const OUTPUT_LIMIT = 1_000_000;

/** How long a check may take where nobody says. Milliseconds. */
const WITHIN = {
  command: 10 * minute,
  github: 30 * minute,
  image: 10 * minute,
  scan: 30 * minute,
  staged: 5 * minute,
  'migrations-safe': 5 * minute,
  changelog: 5 * minute,
  box: 120 * minute,
} as const satisfies Record<CheckKind['kind'], number>;

/** The check that keys mean; expects exactly one key that says what is looked at. */
export function checkOf(keys: CheckKeys): CheckPolicy | undefined {
  const named = kindOf(keys);
  if (named === undefined) return undefined;
  const [kind, usualName] = named;
  return { name: keys.name ?? usualName, within: keys.within ?? WITHIN[kind.kind], ...kind };
}

type Named = [kind: CheckKind, usualName: string];

function kindOf(keys: CheckKeys): Named | undefined {
  if (keys.run !== undefined) return [commandOf(keys.run, keys), keys.run];
  if (keys.github !== undefined) {
    return [{ kind: 'github', check: keys.github, accepts: keys.accepts ?? [] }, keys.github];
  }
  if (keys.image !== undefined) return [{ kind: 'image' }, 'Image'];
  if (keys.scan !== undefined) return [scanOf(keys.scan, keys), 'Image scan'];
  if (keys.staged !== undefined) return [{ kind: 'staged', in: keys.staged }, `Proven in ${keys.staged}`];
  if (keys['migrations safe'] !== undefined) {
    return [{ kind: 'migrations-safe', files: keys['migrations safe'] }, 'Migrations are safe'];
  }
  if (keys.changelog !== undefined) return [{ kind: 'changelog', file: keys.changelog }, 'Changelog'];
  if (keys.box !== undefined) return [boxOf(keys.box, keys), keys.box];
  return undefined;
}

function commandOf(run: string, keys: CheckKeys): CheckKind {
  const install = keys.install ?? usualInstall(run);
  return {
    kind: 'command',
    run,
    ...(install !== undefined && install !== 'off' && { install }),
    installWithin: keys['install within'] ?? INSTALL_WITHIN,
    outputLimit: keys['output limit'] ?? OUTPUT_LIMIT,
  };
}

/** Whoever begins with a package manager needs what it installs, exactly as it is locked. */
function usualInstall(run: string): string | undefined {
  const [program = ''] = run.split(' ');
  return INSTALLS.get(program);
}

const INSTALLS = new Map([
  ['npm', 'npm ci'],
  ['npx', 'npm ci'],
  ['pnpm', 'pnpm install --frozen-lockfile'],
  ['yarn', 'yarn install --immutable'],
]);

function scanOf(written: NonNullable<CheckKeys['scan']>, { override }: CheckKeys): CheckKind {
  const role = roleOf(override);
  return { kind: 'scan', most: limitsOf(written), ...(role !== undefined && { override: role }) };
}

/** Who allows two findings of a severity does not allow more of what is worse: the limit holds for that as well. */
function limitsOf(written: NonNullable<CheckKeys['scan']>): Partial<Record<Severity, number>> {
  const most: Partial<Record<Severity, number>> = {};
  let limit: number | undefined;
  for (const severity of [...SEVERITIES].reverse()) {
    limit = written[severity] ?? limit;
    if (limit !== undefined) most[severity] = limit;
  }
  return most;
}

function boxOf(says: string, { by }: CheckKeys): CheckKind {
  const role = roleOf(by);
  return { kind: 'box', says, ...(role !== undefined && { by: role }) };
}

function roleOf(key: string | undefined): Role | undefined {
  return key === undefined ? undefined : ROLE_KEYS[key];
}
