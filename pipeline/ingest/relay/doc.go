// Package relay takes in the layouts of tables.
//
//  1. Parse reads a layout; Take compares it with the one that is kept.
//  2. A layout states all figures again. So all files are read by it, and it is weighed like a release:
//     it is refused if it cannot read one, and waits if its figures contradict what was known.
//  3. Keep stores it in data/raw, and a copy to edit in data/layouts.
package relay
