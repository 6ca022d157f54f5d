import type { ServiceState } from './parts.ts';

const PLACE = /\$\{url of (?<service>[\w-]+) in (?<environment>[\w-]+), (?<region>[\w-]+)\}/g;

/** The policy file with the addresses of this world in the places of `${url of … in …, …}`. */
export function forgeConfig(template: string, services: readonly ServiceState[]): string {
  return template.replace(PLACE, (place, name: string, environment: string, region: string) => {
    const found = services.find(
      (service) => service.name === name && service.environment === environment && service.region === region,
    );
    if (found?.url === undefined) throw new Error(`sandbox/forge.yml: no service has the address ${place}.`);
    return found.url;
  });
}
