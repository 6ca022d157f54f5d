/** A change does not fit what is there: nothing of its list is written. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
