// The K-Payment checkout script of Mekong. A shop puts it into a form:
//
//   <form method="POST" action="/checkout">
//     <script src="https://…/ui/v2/kpayment.min.js" data-apikey="pkey_…" data-amount="74.00" …></script>
//   </form>
//
// It draws a button after itself, opens the payment over the page, or within it where the shop has placed
// <div data-kpayment="inline"></div>, and sends the form with what came of it. Card data never touches this page.
(function () {
  "use strict";

  var path = "/ui/v2/kpayment.min.js";
  var attributes = [
    "apikey", "amount", "currency", "payment-methods", "name", "description", "mid", "customer-id", "campaign-id",
    "smartpay-id", "term", "plan-id", "ipan-mode", "product-type", "supplier-no", "model-no", "order-id",
    "ref-number", "timer", "savecard", "show-button"
  ];
  // Other spellings in use.
  var spellings = {
    "smartpayid": "smartpay-id", "api-key": "apikey", "public-key": "apikey", "publickey": "apikey",
    "payment-method": "payment-methods"
  };
  var languages = {
    en: { pay: "Pay Now", title: "Secure payment", close: "Close", wait: "Loading…" },
    th: { pay: "ชำระเงิน", title: "ชำระเงินอย่างปลอดภัย", close: "ปิด", wait: "กำลังโหลด…" },
    km: { pay: "ទូទាត់", title: "ការទូទាត់ប្រកបដោយសុវត្ថិភាព", close: "បិទ", wait: "កំពុងផ្ទុក…" }
  };
  // The first of the browser's languages that there is, as the gateway chooses the page's.
  var words = languages[(navigator.languages || [navigator.language || ""]).map(function (tag) {
    return tag.split("-")[0].toLowerCase();
  }).filter(function (tag) { return Object.hasOwn(languages, tag); })[0] || "en"];

  var tag = document.currentScript || Array.from(document.scripts).filter(function (script) {
    return script.src.indexOf(path) >= 0;
  }).pop();
  var gateway = new URL(tag ? tag.src : document.baseURI).origin;
  var checkouts = window.KPayment && window.KPayment.checkouts || [];
  var closeListeners = window.KPayment && window.KPayment.closeListeners || [];

  function attributeName(name) {
    var plain = name.replace(/([a-z])([A-Z])/g, "$1-$2").replace(/_/g, "-").toLowerCase().replace(/^data-/, "");
    return spellings[plain] || plain;
  }

  function element(name, style, properties) {
    var made = Object.assign(document.createElement(name), properties);
    Object.assign(made.style, style);
    return made;
  }

  // One payment: a script tag, its form, and what it is set to.
  function Checkout(tag) {
    var self = this;
    this.tag = tag;
    this.form = tag && tag.closest("form");
    this.settings = {};
    Array.from(tag ? tag.attributes : []).forEach(function (attribute) {
      if (/^data-/.test(attribute.name)) self.set(attribute.name, attribute.value);
    });
    window.addEventListener("message", function (message) { self.hear(message); });
    if (this.form) {
      this.form.addEventListener("submit", function (event) {
        if (!self.inline || !self.inline.isConnected || event.defaultPrevented) return;
        event.preventDefault();
        self.submit();
      });
    }
    // Whoever comes back to this page as it was left pays anew.
    window.addEventListener("pageshow", function (event) { if (event.persisted) self.refill(); });
  }

  Checkout.prototype.set = function (name, value) {
    var known = attributeName(name);
    if (attributes.indexOf(known) < 0) return;
    if (value === null || value === undefined) delete this.settings[known];
    else this.settings[known] = String(value);
    // Several in a row are one change.
    var self = this;
    if (this.inline) Promise.resolve().then(function () { self.follow(); });
  };

  Checkout.prototype.address = function (display) {
    var query = new URLSearchParams();
    for (var name in this.settings) if (name !== "show-button") query.set(name, this.settings[name]);
    query.set("display", display);
    query.set("origin", location.origin);
    return gateway + "/ui/v2/checkout?" + query;
  };

  // Draws the button, or puts the card fields where the shop wants them.
  Checkout.prototype.create = function () {
    if (this.button) this.button.remove();
    this.button = null;
    var place = (this.form || document).querySelector('[data-kpayment="inline"]');
    if (place) return this.fill(place);
    if (!this.tag || this.settings["show-button"] === "false") return;
    var self = this;
    this.button = element("button", {}, { type: "button", className: "pay-button", textContent: words.pay });
    this.button.setAttribute("_kpayment", "");
    this.button.addEventListener("click", function () { self.show(); });
    this.tag.after(this.button);
  };

  Checkout.prototype.frame = function (display, style) {
    var frame = element("iframe", style, { src: this.address(display), title: words.title, allow: "payment" });
    frame.referrerPolicy = "no-referrer";
    return frame;
  };

  Checkout.prototype.fill = function (place) {
    this.inline = this.frame("inline", { border: "0", width: "100%", height: "360px", display: "block" });
    this.drawn = this.address("inline");
    // Of the page in the frame: loading at first, then ready, and busy while it gives way to the next.
    this.stage = "loading";
    this.isPressed = false;
    place.replaceChildren(this.inline);
  };

  // Fresh fields in place of those that have been used.
  Checkout.prototype.refill = function () {
    if (this.inline && this.inline.isConnected) this.fill(this.inline.parentNode);
  };

  // Tells the fields that are drawn already what the shop has set since.
  Checkout.prototype.follow = function () {
    var address = this.address("inline");
    // What is still to come is told when it is there.
    if (!this.inline || !this.inline.isConnected || this.drawn === address || this.stage !== "ready") return;
    this.drawn = address;
    this.say({ kpayment: "settings", query: new URL(address).search.slice(1) });
  };

  Checkout.prototype.say = function (what) { this.inline.contentWindow.postMessage(what, gateway); };

  Checkout.prototype.submit = function () {
    if (!this.inline || !this.inline.isConnected) return;
    this.follow();
    // What is still to come is told when it is there, as something that the payer had not seen.
    this.isPressed = this.stage !== "ready";
    if (!this.isPressed) this.say("kpayment:submit");
  };

  // The page in the inline frame is there.
  Checkout.prototype.begin = function () {
    this.stage = "ready";
    this.follow();
    if (this.isPressed) this.say("kpayment:early");
    this.isPressed = false;
  };

  Checkout.prototype.show = function () {
    if (this.dialog || this.inline) return;
    var self = this;
    var dialog = element("dialog", {
      position: "fixed", inset: "0", width: "100%", height: "100%", maxWidth: "none", maxHeight: "none",
      margin: "0", padding: "0", border: "0", overflow: "hidden", background: "rgb(8 22 18 / 55%)"
    });
    dialog.setAttribute("aria-label", words.title);
    dialog.setAttribute("aria-modal", "true");
    // Until the page has come, and where it never comes, the payer can still leave.
    var wait = element("div", {
      position: "absolute", inset: "0", display: "grid", placeContent: "center", gap: "16px", color: "#fff",
      font: "16px/1.5 system-ui, sans-serif", textAlign: "center"
    });
    wait.append(element("div", {}, { textContent: words.wait }));
    var leave = element("button", {
      padding: "8px 20px", border: "1px solid #fff", borderRadius: "8px", background: "none", color: "#fff",
      font: "inherit", cursor: "pointer"
    }, { type: "button", textContent: words.close });
    leave.addEventListener("click", function () { self.close(); });
    wait.append(leave);
    this.wait = wait;
    this.overlay = this.frame("overlay", {
      position: "absolute", inset: "0", width: "100%", height: "100%", border: "0", background: "transparent",
      visibility: "hidden", colorScheme: "normal"
    });
    dialog.append(wait, this.overlay);
    dialog.addEventListener("cancel", function (event) { event.preventDefault(); self.close(); });
    this.before = { focus: document.activeElement, overflow: document.documentElement.style.overflow };
    document.documentElement.style.overflow = "hidden";
    document.body.append(dialog);
    this.dialog = dialog;
    dialog.showModal();
  };

  Checkout.prototype.takeDown = function () {
    if (!this.dialog) return;
    this.dialog.close();
    this.dialog.remove();
    this.dialog = this.overlay = null;
    document.documentElement.style.overflow = this.before.overflow;
    if (this.before.focus && this.before.focus.focus) this.before.focus.focus();
  };

  Checkout.prototype.close = function () {
    if (!this.dialog) return;
    this.takeDown();
    closeListeners.forEach(function (listener) { listener(); });
  };

  // Hears the gateway's own frame and nobody else.
  Checkout.prototype.hear = function (message) {
    var frame = this.overlay || this.inline;
    if (!frame || message.origin !== gateway || message.source !== frame.contentWindow) return;
    if (!message.data || message.data.kpayment !== 1) return;
    switch (message.data.event) {
    case "busy": if (frame === this.inline) this.stage = "busy"; break;
    case "ready":
      if (frame === this.inline) this.begin();
      if (frame !== this.overlay) break;
      this.wait.style.display = "none";
      frame.style.visibility = "visible";
      frame.focus();
      frame.contentWindow.postMessage("kpayment:focus", gateway);
      break;
    case "resize":
      if (frame === this.inline) frame.style.height = Number(message.data.height) + "px";
      break;
    case "enter": if (frame === this.inline && this.form) this.form.requestSubmit(); break;
    case "close": this.close(); break;
    case "done": this.finish(message.data.fields); break;
    }
  };

  Checkout.prototype.finish = function (fields) {
    this.takeDown();
    var target = this.form || document;
    var event = new CustomEvent("kpayment", { bubbles: true, cancelable: true, detail: fields });
    // A shop that goes on by itself may need another card.
    if (!target.dispatchEvent(event) || !this.form) return this.refill();
    var form = this.form;
    form.querySelectorAll("input[data-kpayment-field]").forEach(function (input) { input.remove(); });
    Object.keys(fields).forEach(function (name) {
      var input = element("input", {}, { type: "hidden", name: name, value: fields[name] });
      input.setAttribute("data-kpayment-field", "");
      form.append(input);
    });
    // A field of the form may be called "submit".
    HTMLFormElement.prototype.submit.call(form);
  };

  // Of several on one page: the one in the form where something is being pressed, else the first.
  function current() {
    var pressed = window.event && window.event.target;
    var form = pressed && pressed.closest && pressed.closest("form");
    var here = checkouts.filter(function (checkout) { return checkout.tag && checkout.tag.isConnected; });
    return here.filter(function (checkout) { return form && checkout.form === form; })[0] || here[0]
      || checkouts[checkouts.length - 1];
  }

  var api = {
    checkouts: checkouts,
    closeListeners: closeListeners,
    create: function () { current().create(); return api; },
    show: function () { current().show(); return api; },
    close: function () { current().close(); return api; },
    submit: function () { current().submit(); return api; },
    onClose: function (listener) {
      if (typeof listener === "function") closeListeners.push(listener);
      return api;
    },
    configure: function (settings) {
      Object.keys(settings || {}).forEach(function (name) { current().set(name, settings[name]); });
      return api;
    }
  };
  // setAmount, setPaymentMethods and so on: one for each attribute.
  attributes.concat(Object.keys(spellings)).forEach(function (name) {
    var camel = name.replace(/(^|-)([a-z])/g, function (all, dash, letter) { return letter.toUpperCase(); });
    api["set" + camel] = function (value) { current().set(name, value); return api; };
  });
  api.setSmartpayID = api.setSmartpayId;

  var made = new Checkout(tag);
  checkouts.push(made);
  window.KPayment = api;
  // A rule that any rule of the shop's overrides.
  if (checkouts.length === 1 && document.adoptedStyleSheets) {
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ":where(button.pay-button[_kpayment]){font:600 1rem/1.2 system-ui,sans-serif;padding:.8em 1.6em;border:0;" +
      "border-radius:.5rem;background:#0b6b57;color:#fff;cursor:pointer}" +
      ":where(button.pay-button[_kpayment]:focus-visible){outline:3px solid #7cc9b6;outline-offset:2px}");
    document.adoptedStyleSheets = document.adoptedStyleSheets.concat(sheet);
  }
  if (made.settings.apikey) {
    made.create();
    // The place for the fields may stand further down.
    document.addEventListener("DOMContentLoaded", function () {
      if (!made.inline && (made.form || document).querySelector('[data-kpayment="inline"]')) made.create();
    });
  }
})();
