/** What the operator's product is called and how it looks, in every message and page. */
export interface Product {
  name: string;
  /** How users reach support: an address, a number, a URL or a few words. */
  support: string | undefined;
  /** https. */
  logoUrl: string | undefined;
  /** #rrggbb, of buttons and links. */
  color: string | undefined;
}

/** Black or white, whichever is easier to read on the colour (WCAG 2.2, relative luminance). @param color #rrggbb */
export function textColorOn(color: string): '#ffffff' | '#000000' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}
