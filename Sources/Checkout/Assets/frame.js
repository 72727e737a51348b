// A page within a shop's page: what it and the shop's script say to each other. Only the shop's own origin is told.
(function () {
  "use strict";
  var origin = document.body.dataset.origin;
  if (!origin || window.parent === window) return;
  // The form that the shop's own button confirms.
  var main = document.querySelector("form[data-main]");
  // Whether another page is on its way: until it is there, nothing more is pressed.
  var isLeaving = false;

  function tell(event, more) {
    window.parent.postMessage(Object.assign({ kpayment: 1, event: event }, more), origin);
  }

  function leave() {
    isLeaving = true;
    tell("busy");
  }

  function focus() {
    // A payer who is already in a field stays there.
    if (document.activeElement.matches("input")) return;
    // The first thing to do, in this order; to close is the last.
    ["[aria-invalid]", "input:not([type=hidden])", ".primary", ".close"].some(function (wanted) {
      var found = document.querySelector(wanted);
      if (found) found.focus();
      return found;
    });
  }

  // Who has pressed before this page was there agrees to it only by what they have filled in or chosen since: an empty
  // card form marks its fields.
  function submit(isEarly) {
    if (!main || isLeaving) return;
    var isTouched = Array.from(main.elements).some(function (input) { return input.checked !== input.defaultChecked; });
    if (isEarly && main.id !== "card" && !isTouched) focus();
    else main.requestSubmit();
  }

  // What may change without a card form showing it.
  function shown(query) {
    var settings = new URLSearchParams(query);
    ["amount", "currency", "name", "description", "ref-number"].forEach(function (name) { settings.delete(name); });
    settings.sort();
    return settings.toString();
  }

  // The shop has changed what is to be paid. A card that is being typed in stays, where the page shows nothing of it.
  function change(query) {
    if (isLeaving) return;
    var target = main && new URL(main.action);
    var showsTerms = document.querySelector(".facts, .fee-note, #term");
    if (target && main.id === "card" && !showsTerms && shown(target.search) === shown(query)) {
      target.search = query;
      main.action = target.href;
    } else {
      leave();
      location.replace("/ui/v2/checkout?" + query);
    }
  }

  window.addEventListener("message", function (message) {
    if (message.source !== window.parent || message.origin !== origin) return;
    var said = message.data || {};
    if (said === "kpayment:submit") submit(false);
    if (said === "kpayment:early") submit(true);
    if (said === "kpayment:focus") focus();
    if (said.kpayment === "settings") change(String(said.query));
  });
  // After the forms' own listeners: what they hold back is not sent.
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented) return;
    if (isLeaving) event.preventDefault();
    else leave();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") tell("close");
    // Within the shop's page the button is the shop's, and so is what it does.
    var isTyped = event.target.matches && event.target.matches("input:not([type=checkbox])");
    if (event.key !== "Enter" || !isTyped || !document.body.classList.contains("inline")) return;
    // A form without a button would send itself.
    if (event.target.form === main) {
      event.preventDefault();
      tell("enter");
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close]")) tell("close");
  });
  new ResizeObserver(function () {
    tell("resize", { height: Math.ceil(document.querySelector(".sheet").getBoundingClientRect().height) });
  }).observe(document.querySelector(".sheet"));
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    isLeaving = false;
    tell("ready");
  });
  // The page's other scripts come after this one.
  document.addEventListener("DOMContentLoaded", function () { tell("ready"); });
})();
