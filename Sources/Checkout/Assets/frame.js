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
    if (message.data === "kpayment:focus") {
      var first = document.querySelector("[aria-invalid], input:not([type=hidden]), button:not(.close), .close");
      if (first) first.focus();
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") tell("close");
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) tell("close");
  });
  new ResizeObserver(function () {
    tell("resize", { height: Math.ceil(document.querySelector(".sheet").getBoundingClientRect().height) });
  }).observe(document.querySelector(".sheet"));
  tell("ready");
})();
