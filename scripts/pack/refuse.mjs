// `npm pack` and `npm publish` would leave out the dependencies that were tested.
console.error('latchkey is packed by: npm run package (see docs/decisions/0028-the-package.md)');
process.exit(1);
