package codes

// Slug returns a code made from the words of a label, for a vocabulary that has no list.
func Slug(label string) string { return slug(label) }
