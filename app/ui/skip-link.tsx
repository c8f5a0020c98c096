/** The first stop of the Tab key: past the navigation, to the page itself. */
export function SkipLink() {
  return (
    <a className="ui-skip" href="#main">
      Go to the content
    </a>
  );
}
