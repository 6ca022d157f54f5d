import { durationInWords } from './duration.ts';
import { isProduction } from './environment-of.ts';
import { movesTraffic, placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Looks of the longest kind that must fit into the silence, so that a slow one is never taken for Forge's end. */
const LOOKS = 4;

export function deadManProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  const moving = new Set(
    placesOf(file)
      .filter(movesTraffic)
      .map(({ environment }) => environment),
  );
  const problems: Problem[] = [];
  for (const [name, environment] of Object.entries(file.environments)) {
    const path = ['environments', name, 'dead man switch'];
    const written = environment['dead man switch'];
    if (written === undefined && moving.has(name) && isProduction(name, environment)) {
      const message =
        'If Forge dies while traffic is split, nothing brings it back. Add dead man switch: { role: "arn:aws:iam::…:role/…" } with the role EventBridge Scheduler moves traffic with, or dead man switch: off.';
      problems.push(yaml.problemAt(path, message, 'key'));
    }
    if (written === undefined || written === 'off') continue;
    const account = file.aws[name]?.account;
    const roleAccount = written.role.split(':')[4];
    if (account !== undefined && roleAccount !== account) {
      const message = `The role is in the account ${roleAccount}, and the environment's is ${account}. Name a role of that account.`;
      problems.push(yaml.problemAt([...path, 'role'], message, 'value'));
    }
    const least = LOOKS * file.timing.observe;
    if (written.after < least) {
      const message = `After ${durationInWords(written.after)} a slow answer of AWS could be taken for Forge's end. Write ${durationInWords(least)} or more: ${LOOKS} times the longest look (timing: observe).`;
      problems.push(yaml.problemAt([...path, 'after'], message, 'value'));
    }
  }
  return problems;
}
