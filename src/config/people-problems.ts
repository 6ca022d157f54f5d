import { allowedTo } from '../domain/people-policy.ts';
import { peopleOf } from './people-of.ts';
import { placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Where a deployment could wait for a person who does not exist. */
export function peopleProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  const people = peopleOf(file);
  const places = placesOf(file).filter((place) => allowedTo('resume', place, people).length === 0);
  const environments = [...new Set(places.map(({ environment }) => environment))];
  if (environments.length === 0) return [];
  const message = `Nobody may answer when a deployment to ${environments.join(' or ')} asks whether to go on, or resume one that was paused. Name approvers, release-managers or incident-commanders here, or write everyone: approver.`;
  return [yaml.problemAt(['people'], message, 'key')];
}
