import { shownReport } from './report-view.ts';
import type { KeptReport } from './report-view.ts';

/** As an older release kept it: what could not be read was called wrong. */
const KEPT: KeptReport = {
  legalEffect: 'none',
  findings: [],
  signatures: [
    {
      field: 'ChuKyCaNhan',
      indication: 'FAILED',
      subIndication: 'TIMESTAMP_FAILURE',
      decidedBy: 'cms-malformed',
      level: null,
      signer: null,
      signerKind: 'unknown',
      issuer: null,
      certificateSerial: null,
      certificateValidFrom: null,
      certificateValidTo: null,
      signingTime: null,
      timeStampTime: null,
      coversWholeFile: false,
      digestSigned: null,
      digestComputed: null,
      findings: [{ code: 'cms-malformed' }],
    },
  ],
};

describe('F-21 VN-47 a report of an older release', () => {
  it('keeps its findings, and is shown as what they come to today', () => {
    const [signature] = shownReport(KEPT).signatures;
    expect(signature).toMatchObject({
      verdict: 'indeterminate',
      indication: 'INDETERMINATE',
      subIndication: 'GENERIC',
      decidedBy: 'cms-malformed',
      findings: [{ code: 'cms-malformed', severity: 'warning' }],
    });
  });
});
