import type { z } from 'zod';

type Read = <Schema extends z.ZodType>(schema: Schema) => z.output<Schema>;

/** One call of the control API. */
export type Route = {
  method: 'GET' | 'POST';
  path: URLPattern;
  /** `read` gives the fields of the request or refuses them. */
  answer(read: Read): Promise<unknown>;
};

export function get(pathname: string, answer: Route['answer']): Route {
  return { method: 'GET', path: new URLPattern({ pathname }), answer };
}

export function post(pathname: string, answer: Route['answer']): Route {
  return { method: 'POST', path: new URLPattern({ pathname }), answer };
}
