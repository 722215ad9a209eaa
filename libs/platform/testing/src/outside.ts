/**
 * Registers a suite that needs something outside npm. Where the thing is missing the suite is skipped with a sentence
 * that says so; under CI a missing thing is a failure.
 */
export function describeIf(available: boolean, needs: string, title: string, suite: () => void): void {
  if (available) {
    describe(title, suite);
  } else if (process.env['CI']) {
    describe(title, () => {
      it('runs in CI', () => {
        throw new Error(`CI must provide ${needs}`);
      });
    });
  } else {
    describe.skip(`${title} [skipped: needs ${needs}]`, suite);
  }
}
