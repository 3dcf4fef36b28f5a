// Comfort for people with scripts. Every page works without this file.
import "@digdir/designsystemet-web/dialog";
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/invokers";
import "@digdir/designsystemet-web/popover";
import "./auto-submit.js";
import "./bulk.js";
import "./buttons.js";
import "./fills.js";
import "./htmx.js";
import "./insert-tag.js";
import "./menu.js";
import "./request-failed.js";
import "./session.js";
import "./show-when.js";
import "./sms-counter.js";
import "./submit-once.js";
import "./tabs.js";
import "./undo.js";

window.dsWarnings = false;
document.documentElement.dataset.scripts = "on";
