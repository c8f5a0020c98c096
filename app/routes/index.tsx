export default function Index() {
  return <h1>Remit</h1>;
}
