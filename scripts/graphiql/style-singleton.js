import { useEffect } from 'react';

// Stands in for the package of this name, which writes a <style> element into the page: the page's policy refuses
// those. A constructed style sheet does the same and is allowed.

function useStyles(styles) {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [styles]);
}

function Styles({ styles }) {
  useStyles(styles);
  return null;
}

export const styleHookSingleton = () => useStyles;
export const styleSingleton = () => Styles;
