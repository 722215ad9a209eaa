/** Namespace of the standard; it did not change with the amendment of 2022. */
export const EDXML_NAMESPACE = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
