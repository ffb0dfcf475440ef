import type { ReactNode } from 'react';
import { GoLink } from './go-link.tsx';
import type { Place } from './url.ts';

interface PictureLinkProps {
  readonly to: Partial<Place>;
  /** Marks of an SVG, with their `<title>`. */
  readonly children: ReactNode;
}

/**
 * Marks of a picture that lead to what they stand for, by pointer. The table beside the picture leads there by keyboard: the links of
 * the marks are no stops of the Tab key, of which there would be dozens.
 */
export const PictureLink = ({ to, children }: PictureLinkProps) => (
  <GoLink to={to} className="picture-link" tabbable={false}>
    {children}
  </GoLink>
);

/** The same for marks of which some lead nowhere. */
export const MaybeLink = ({ to, children }: Omit<PictureLinkProps, 'to'> & { readonly to: Partial<Place> | undefined }) =>
  to === undefined ? children : <PictureLink to={to}>{children}</PictureLink>;
