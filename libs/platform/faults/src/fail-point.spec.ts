import { armFailPoints, failPoint, FailPointReached } from './index.ts';

describe('failPoint', () => {
  afterEach(() => armFailPoints(undefined));

  it('does nothing unless armed', async () => {
    await expect(failPoint('outbox:after-commit')).resolves.toBeUndefined();
  });

  it('acts on the chosen pass only', async () => {
    armFailPoints('outbox:after-commit=throw@2');
    await failPoint('outbox:after-commit');
    await expect(failPoint('outbox:after-commit')).rejects.toBeInstanceOf(FailPointReached);
    await failPoint('outbox:after-commit');
  });

  it('refuses a specification it does not understand', () => {
    expect(() => armFailPoints('outbox:after-commit=explode')).toThrow('bad fail point');
  });
});
