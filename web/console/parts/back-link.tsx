import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import './back-link.css';

/** To the page that is one level up. */
export const BackLink = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <Link className="back-link" href={href}>
    <ArrowLeft size={18} aria-hidden />
    {children}
  </Link>
);
