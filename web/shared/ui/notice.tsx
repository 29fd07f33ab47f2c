import type { ReactNode } from 'react';
import './notice.css';

export interface NoticeProps {
  readonly look?: 'plain' | 'good' | 'bad';
  readonly children: ReactNode;
}

/** What has just happened. Screen readers read it when it appears. */
export const Notice = ({ look = 'plain', children }: NoticeProps) => (
  <div className={`notice ${look}`} role={look === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
);
