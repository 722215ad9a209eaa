/** The broker refuses the account or what it wants to do: settings and installation disagree, and waiting does not help. */
export class BusRefused extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options);
    this.name = 'BusRefused';
  }
}
