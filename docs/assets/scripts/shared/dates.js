/**
 * Dates as the pages write them: day, month, year in every language.  "001" is the whole world; a
 * language without a region is read as that of its largest country, which may begin with the month.
 * @param {string} language @param {Date} [date] today when left out
 */
export const longDate = (language, date = new Date()) =>
  new Intl.DateTimeFormat(`${language}-001`, { dateStyle: "long" }).format(date);
