// select[data-fills="field"]: puts what the chosen option stands for, its data-fill, into that field of the form; for
// an option without any, what the select says by data-otherwise. What somebody has written there themselves stays.
function wordsOf(option, select) {
  return option?.dataset.fill ?? select.dataset.otherwise ?? "";
}

document.addEventListener("change", ({ target: select }) => {
  const field = select.dataset?.fills && select.form?.elements[select.dataset.fills];
  if (!field) return;
  const ours = [...select.options].map((option) => wordsOf(option, select));
  if (field.value.trim() && !ours.includes(field.value.trim())) return;
  field.value = wordsOf(select.selectedOptions[0], select);
});
