/** A command that cannot be carried out as asked; its message is one sentence for the operator. */
export class Unusable extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'Unusable';
  }
}
