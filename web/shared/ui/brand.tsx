import { pageData } from '../page-data.ts';
import './brand.css';

/** The logo of the product, or its name. */
export function Brand() {
  const { name, logoUrl } = pageData.product;
  return <span className="brand">{logoUrl ? <img src={logoUrl} alt={name} /> : name}</span>;
}
