import { parseDocument } from 'yaml';
import type { ServiceState } from './parts.ts';

const PLACE = /\$\{url of (?<service>[\w-]+) in (?<environment>[\w-]+), (?<region>[\w-]+)\}/g;

const SETTING = /\$\{(?<name>\w+)\}/g;

/** What this machine has. `isolation`: what keeps a branch's code away from Forge; absent: there is no GitHub here. */
export type Machine = { isolation?: 'bubblewrap' | 'none' | undefined };

/** The policy file with the addresses of this world in the places of `${url of … in …, …}`, and for this machine. */
export function forgeConfig(
  template: string,
  services: readonly ServiceState[],
  { isolation }: Machine,
): string {
  const addressed = template.replace(PLACE, (place, name: string, environment: string, region: string) => {
    const found = services.find(
      (service) => service.name === name && service.environment === environment && service.region === region,
    );
    if (found?.url === undefined) throw new Error(`sandbox/forge.yml: no service has the address ${place}.`);
    return found.url;
  });
  if (isolation === undefined) return withoutGithub(addressed);
  // Nothing but bubblewrap can take the network away.
  const settings = { isolation, network: isolation === 'bubblewrap' ? 'none' : 'open' };
  return addressed.replace(SETTING, (place, name: string) => {
    const found = Object.entries(settings).find(([setting]) => setting === name);
    if (found === undefined) throw new Error(`sandbox/forge.yml: ${place} is no setting of a machine.`);
    return found[1];
  });
}

/** What needs a repository means nothing where there is none. */
function withoutGithub(text: string): string {
  const document = parseDocument(text);
  for (const key of ['github', 'runner']) document.delete(key);
  for (const name of namesIn(document.toJS(), 'services')) {
    document.deleteIn(['services', name, 'checks']);
    document.deleteIn(['services', name, 'build']);
  }
  for (const name of namesIn(document.toJS(), 'environments')) {
    document.deleteIn(['environments', name, 'checks']);
    document.deleteIn(['environments', name, 'deploys', 'on push']);
    document.deleteIn(['environments', name, 'deploys', 'on tag']);
  }
  return document.toString({ lineWidth: 0 });
}

function namesIn(file: unknown, section: string): string[] {
  const found: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, section) : undefined;
  return typeof found === 'object' && found !== null ? Object.keys(found) : [];
}
