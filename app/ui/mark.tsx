/** The mark of Remit: a slip torn from a roll whose last tooth is a speech bubble's tail. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="text-accent">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M5.5 2h13A2.5 2.5 0 0 1 21 4.5V18l-3-2.25L15 18l-3-2.25L9 18l-6 4.5v-18A2.5 2.5 0 0 1 5.5 2ZM7.5 6a1 1 0 0 0 0 2h9a1 1 0 0 0 0-2Zm0 4.25a1 1 0 0 0 0 2h5a1 1 0 0 0 0-2Z"
      />
    </svg>
  );
}
