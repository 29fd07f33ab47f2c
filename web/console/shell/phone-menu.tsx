import { Dialog } from '@base-ui/react/dialog';
import { Menu as MenuIcon, X } from 'lucide-react';
import { useState } from 'react';
import { Menu } from './menu.tsx';
import { useShellWords } from './words.ts';
import '../../shared/ui/dialog.css';

/** The menu on a narrow screen. Escape and a tap beside it close it; the focus returns to its button. */
export function PhoneMenu() {
  const words = useShellWords();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger className="button icon" aria-label={words.openMenu}>
        <MenuIcon size={20} aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="drawer" aria-label={words.console}>
          <Dialog.Close className="button icon" aria-label={words.closeMenu}>
            <X size={20} aria-hidden />
          </Dialog.Close>
          <Menu onLeave={() => setIsOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
