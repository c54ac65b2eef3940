package pipeline

import (
	"fmt"
	"runtime/debug"

	"crossings/pipeline/publish/catalogue"
)

// ParseBase returns the public address of the site in its one form, with a slash
// at its end; "" stays "". An address that is not https, or http on loopback, or
// that has a user, query or fragment, is an ErrUsage.
func ParseBase(text string) (string, error) {
	base, err := catalogue.ParseBase(text)
	if err != nil {
		return "", fmt.Errorf("%w: --base-url: %w", ErrUsage, err)
	}
	return base, nil
}

// programVersion is the version of the module that the program was built from,
// "(devel)" for one built from a working tree.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return info.Main.Version
}
