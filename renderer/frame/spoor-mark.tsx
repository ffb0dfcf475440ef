/** The sign of the program: a trail of steps. */
export function SpoorMark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" role="img" aria-label="Spoor" fill="none" stroke="currentColor" strokeWidth="1.5">
      <path d="M4.5 15.5 8 10.5h4l3.5-6" strokeLinecap="round" strokeLinejoin="round" opacity="0.55" />
      <circle cx="4.5" cy="15.5" r="2" fill="var(--panel)" />
      <circle cx="10" cy="10.5" r="2" fill="var(--panel)" />
      <path d="M15.5 1.9 17.9 6h-4.8z" fill="currentColor" strokeLinejoin="round" />
    </svg>
  );
}
