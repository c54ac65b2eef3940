// Publish turns the lake into tables, charts and pages. See publish --help.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"crossings/pipeline/cli"
	"crossings/pipeline/source/all"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run executes the command and returns its exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	app := &cli.App{Stdout: stdout, Stderr: stderr, Sources: all.Sources, Now: time.Now}
	return app.Run(ctx, commands(app), args)
}
