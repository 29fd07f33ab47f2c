// Changes of national numbering plans after which a line has a longer, shorter or different number: both numbers reach
// one subscriber. Only changes where the new number follows from the old one alone.

/** Rewrites a number in E.164; other numbers do not match. */
interface Rewriting {
  from: RegExp;
  to: string;
}

interface Renumbering {
  toCurrent: Rewriting;
  toOlder: Rewriting;
}

const rewriting = (from: RegExp, to: string): Rewriting => ({ from, to });

/** @param rest how many digits after the prefix stay the same */
const prefixChanges = (callingCode: number, rest: number, prefixes: Record<string, string>): Renumbering[] =>
  Object.entries(prefixes).map(([older, current]) => ({
    toCurrent: rewriting(new RegExp(`^\\+${callingCode}${older}(?=\\d{${rest}}$)`), `+${callingCode}${current}`),
    toOlder: rewriting(new RegExp(`^\\+${callingCode}${current}(?=\\d{${rest}}$)`), `+${callingCode}${older}`),
  }));

/** Côte d'Ivoire: the second digit of a mobile number named the operator. 80 and 90 were other services. */
const IVORIAN_MOBILES = '(?:0[1-9]|[4-7]\\d|[89][1-9])\\d{6}$';
const ivorian = (current: string, operatorDigits: string): Renumbering => {
  const older = `(?=${IVORIAN_MOBILES})(?=\\d[${operatorDigits}])`;
  return {
    toCurrent: rewriting(new RegExp(`^\\+225${older}`), `+225${current}`),
    toOlder: rewriting(new RegExp(`^\\+225${current}${older}`), '+225'),
  };
};

const RENUMBERINGS: readonly Renumbering[] = [
  // Mexico, 2019-08-03: no 1 before mobile numbers (ITU Operational Bulletin 1151).
  {
    toCurrent: rewriting(/^\+521(?=[2-9]\d{9}$)/, '+52'),
    toOlder: rewriting(/^\+52(?=[2-9]\d{9}$)/, '+521'),
  },
  // Argentina: from abroad, a 9 stands before mobile numbers, which many people leave out, as for text messages. Fixed
  // and mobile lines share blocks, but never a number, so a line that gets text messages is the one with the 9.
  {
    toCurrent: rewriting(/^\+54(?=[1-3]\d{9}$)/, '+549'),
    toOlder: rewriting(/^\+549(?=[1-3]\d{9}$)/, '+54'),
  },
  // Brazil, 2012 to 2016: a 9 before mobile numbers (Anatel resolution 553). Only those that began with 8 or 9: there
  // were fixed lines with 6, and radio telephones with 7 kept eight digits.
  {
    toCurrent: rewriting(/^\+55([1-9][1-9])(?=[89]\d{7}$)/, '+55$19'),
    toOlder: rewriting(/^\+55([1-9][1-9])9(?=[89]\d{7}$)/, '+55$1'),
  },
  // Côte d'Ivoire, 2021-01-31: two digits of the operator before the number (ARTCI).
  ivorian('01', '0-3'),
  ivorian('05', '4-6'),
  ivorian('07', '7-9'),
  // Benin, 2024-11-30: 01 before every number (ARCEP Bénin).
  ...prefixChanges(229, 8, { '': '01' }),
  // Gabon, 2019-11-15: the digit of the operator instead of the zero (ARCEP Gabon).
  ...prefixChanges(241, 6, { '01': '11', '02': '62', '04': '74', '05': '65', '06': '66', '07': '77' }),
  // Vietnam, 2018-09-15: mobile numbers of eleven digits with the national zero got ten (MIC, decision 798).
  ...prefixChanges(84, 7, {
    ...{ 120: '70', 121: '79', 122: '77', 126: '76', 128: '78' },
    ...{ 123: '83', 124: '84', 125: '85', 127: '81', 129: '82' },
    ...{ 162: '32', 163: '33', 164: '34', 165: '35', 166: '36', 167: '37', 168: '38', 169: '39' },
    ...{ 186: '56', 188: '58', 199: '59' },
  }),
];

/** The number that the line has today. @param number in E.164 */
export function currentNumber(number: string): string {
  const changed = RENUMBERINGS.find(({ toCurrent: { from } }) => from.test(number))?.toCurrent;
  return changed ? number.replace(changed.from, changed.to) : number;
}

/** The numbers that the line had before. @param number as `currentNumber` returns it */
export const olderNumbers = (number: string): string[] =>
  RENUMBERINGS.flatMap(({ toOlder: { from, to } }) => {
    const older = number.replace(from, to);
    return older !== number && currentNumber(older) === number ? [older] : [];
  });
