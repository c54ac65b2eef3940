// Package strictjson reads layouts, which people write: JSON with comment lines, in which every
// unknown or repeated field is an error that says where.
package strictjson
