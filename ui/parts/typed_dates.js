// A date counts once it is typed and Enter or Tab is pressed; Streamlit takes it when its calendar closes, as on a press elsewhere.
export default function () {
  window.typedDates ??= document.addEventListener("keydown", take, true) ?? true;
}

function take({ key, target }) {
  if (!["Enter", "Tab"].includes(key) || !target.matches("[data-testid=stDateInputField] [role=spinbutton]")) return;
  if (!document.querySelector("[data-testid=stDateInputCalendar]")) { // closed by an Enter before; it opens where the keyboard comes
    target.blur();
    target.focus();
  }
  document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
}
