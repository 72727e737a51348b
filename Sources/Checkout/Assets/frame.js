// A page within a shop's page: what it and the shop's script say to each other. Only the shop's own origin is told.
(function () {
  "use strict";
  var origin = document.body.dataset.origin;
  if (!origin || window.parent === window) return;

  function tell(event, more) {
    window.parent.postMessage(Object.assign({ kpayment: 1, event: event }, more), origin);
  }

  window.addEventListener("message", function (message) {
    if (message.source !== window.parent || message.origin !== origin) return;
    var form = document.getElementById("card");
    if (message.data === "kpayment:submit" && form) form.requestSubmit();
    // A payer who is already in a field stays there.
    if (message.data === "kpayment:focus" && !document.activeElement.matches("input")) {
      // The first thing to do, in this order; to close is the last.
      ["[aria-invalid]", "input:not([type=hidden])", ".primary", ".close"].some(function (wanted) {
        var found = document.querySelector(wanted);
        if (found) found.focus();
        return found;
      });
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") tell("close");
    // Within the shop's page the button is the shop's, and so is what it does.
    var isTyped = event.target.matches && event.target.matches("input:not([type=checkbox])");
    if (event.key === "Enter" && isTyped && document.body.classList.contains("inline")) tell("enter");
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) tell("close");
  });
  new ResizeObserver(function () {
    tell("resize", { height: Math.ceil(document.querySelector(".sheet").getBoundingClientRect().height) });
  }).observe(document.querySelector(".sheet"));
  // The page's other scripts come after this one: it is ready when they are there too.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", function () { tell("ready"); });
  else tell("ready");
})();
