// Package cellformat says how the cells of workbooks show the numbers that they store: as they are, as
// percentages, divided, as money, or as days. It reads the codes of number formats, "#,##0,".
package cellformat
