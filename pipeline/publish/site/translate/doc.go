// Package translate makes a page of the site in another language from the English one, text by text.
//
// A language is a catalogue, a file in charts/languages. It has how numbers and dates are written, and
// for each English text the text in the language. An English text may have slots:
//
//	{n} people so far in {year}, to {day}
//		{n} {n?personne|personnes} depuis le début de {year}, au {day}
//
// The figures of a page in another language are therefore those of the English page: the same digits,
// written as the language writes them. A text without an entry stays English and says so with lang="en".
//
// # Slots
//
// A slot is a kind and perhaps a digit that tells it from others of its kind. These kinds are built in:
//
//	{n}       a number: 18,518 or 4.5; -3, +3
//	{pct}     a number in per cent: −37.2 %
//	{int}     digits that are no quantity: a rank or a size
//	{year}    2026
//	{date}    25 June 2026
//	{day}     25 June
//	{month}   June 2026
//	{mon}     June
//	{short}   Jun
//	{brief}   25 Jun 2026
//	{iso}     2026-06-25
//	{version} a data version
//	{area}    the label of a country or territory
//	{kept}    a name that stays as it is: of the site, of a data set, of a publisher
//	{any}     anything, which stays as it is
//	{text}    any text that has an entry
//
// Other kinds are sections of the catalogue, and stand for one of their entries. In the translation
// {n?one|many} is the first word for a number that takes the singular, {low:text} begins with a small
// letter, {cap:text} with a capital, and {de:text} with the form of the word de that the text takes, if
// the catalogue has a rule called de.
//
// An entry that begins with the name of an element, as <span>Share, is for texts of that element.
//
// A text that has no entry as a whole may be sentences that each have one, or parts between semicolons.
package translate
