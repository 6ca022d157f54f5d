import type { SmokeTest } from '../domain/plan.ts';
import { words } from './words.ts';

const pattern =
  /^(?:(?:GET|HEAD) \/[^\s{}]* is [1-5]\d\d|GET \/[^\s{}]* contains (?! )(?:[^{}]|\{version\}|\{commit\})+(?<! ))$/;

/** One request and the answer it must get, as a sentence. */
export const SmokeSentence = words({
  what: 'a smoke test',
  how: 'Write it like "GET /health is 200" or "GET /version contains {version}"; {version} and {commit} stand for the release\'s own.',
  pattern,
}).transform(smokeTestOf);

/** Expects text that `SmokeSentence` accepted. An answer that must contain something must also be a 200. */
function smokeTestOf(sentence: string): SmokeTest {
  const [method = '', path = '', verb = ''] = sentence.split(' ');
  const rest = sentence.slice(`${method} ${path} ${verb} `.length);
  const request = { method: method === 'HEAD' ? ('HEAD' as const) : ('GET' as const), path };
  if (verb === 'is') return { ...request, status: Number(rest) };
  return { ...request, status: 200, contains: rest };
}
