import { nothingLost } from './catalogue/nothing-lost';
import { nothingTwice } from './catalogue/nothing-twice';
import { nothingUnseen } from './catalogue/nothing-unseen';
import { nothingBlocked } from './catalogue/nothing-blocked';
import { orderKept } from './catalogue/order-kept';
import { converges } from './catalogue/converges';
import { polite } from './catalogue/polite';
import type { Defect } from './defect';

/** Every deliberate defect, by the promise that it breaks. */
export const catalogue: Defect[] = [
  ...nothingLost,
  ...nothingTwice,
  ...nothingUnseen,
  ...nothingBlocked,
  ...orderKept,
  ...converges,
  ...polite,
];
