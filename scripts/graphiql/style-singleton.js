import { useEffect } from 'react';

// Replaces the package react-style-singleton, which adds a <style> element. The page's content security policy blocks
// those, but allows constructed style sheets.

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
