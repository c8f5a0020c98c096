// Tells the page around that the bank has its answer, and lets it give up.
const answered = document.querySelector("[data-authenticated]");
if (answered && window.parent !== window)
  window.parent.postMessage({ from: "stripe-sandbox", type: "authenticated" }, location.origin);

addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== location.origin || event.data?.type !== "give-up") return;
  const fail = document.querySelector('button[value="fail"]');
  if (fail) fail.click();
  else window.parent.postMessage({ from: "stripe-sandbox", type: "authenticated" }, location.origin);
});
