import { assertRefusal, REFUSAL_REASONS } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';

const refuse = (code: RefusalCode, explanation = '', findings: RefusalCode[] = []): void => {
  assertRefusal({ code, explanation, refusedBy: 'u-clerk' }, findings);
};

describe('refusal', () => {
  it('QĐ28-A5-4: a person answers for it, with a reason from the list', () => {
    expect(() => {
      assertRefusal({ code: 'STATE_SECRET', explanation: '', refusedBy: ' ' }, []);
    }).toThrow('nobody answers');
    expect(() => {
      refuse('NO_SUCH' as RefusalCode, 'một lời giải thích dài');
    }).toThrow('not in the catalogue');
  });

  it.each(['NOT_AUTHENTIC', 'NOT_INTACT', 'INCOMPLETE', 'DUPLICATE', 'MALWARE'] as const)(
    'QĐ28-A5-4: %s rests on a finding, else on words',
    (code) => {
      refuse(code, '', [code]);
      refuse(code, 'Đã mở tệp và thấy trang 2 trắng');
      expect(() => {
        refuse(code);
      }).toThrow('explanation');
    },
  );

  it.each(['WRONG_RECIPIENT', 'BAD_FORMAT', 'OTHER'] as const)(
    'NĐ30-A21-2: %s is a judgement and needs at least ten characters',
    (code) => {
      refuse(code, 'không thuộc thẩm quyền');
      expect(() => {
        refuse(code, 'sai nơi   ', [code]);
      }).toThrow('10');
    },
  );

  it('QĐ28-A1-2: a state secret is refused without repeating any of it', () => {
    refuse('STATE_SECRET');
  });

  it('names a rule for every reason', () => {
    expect(REFUSAL_REASONS).toHaveLength(9);
    for (const { source } of REFUSAL_REASONS) expect(source).toMatch(/^(NĐ30|QĐ28)-/);
  });
});
