// Invented names, built from syllables; those early in a list are more frequent. Among a million users the most common
// surname occurs about 8,000 times and most fewer than a hundred times, as in real populations.

const joined = (...parts: string[]): string[] =>
  parts
    .map((part) => part.split(' '))
    .reduce((beginnings, endings) => beginnings.flatMap((beginning) => endings.map((ending) => beginning + ending)));

export const FIRST_NAMES = joined(
  'Mar Al Dil Ser Jo Kar An Ni Ol El Ta Ro Sa Vi Ber Gul Ar Lu Fa Ze',
  'ia ek ina bek an ora iya ur dar eta is mir ana o ella on ita us ard ine',
);
export const LAST_NAMES = joined(
  'Hart Kim Rah Iva Sand Karl Berg Usman Lind Nor Tash Mor Weis Abdul Fern Pet Saf Win Gold Yul Brand Ost Rich Zar',
  'e o in al ul ar is en ov am ir es ad or ik et an ur at el im os ab id',
  'ov son mann aev field enko berg va ley ni er strom sen ski bach ridge llo ro dorf well court ne k s',
);
export const COMPANY_KINDS = [' Ltd', ' GmbH', ' & Sons', ' Logistics', ' Trade', ' Studio', ' Clinic', ' School'];
