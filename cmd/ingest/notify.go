package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/spf13/cobra"

	"crossings/cmd/internal/cli"

	"crossings/pipeline/datadir"
	"crossings/pipeline/registry"
	"crossings/pipeline/schedule"
	"crossings/pipeline/watch"
	"crossings/pipeline/watch/notify"
)

func notifyCommand(app *cli.App) *cobra.Command {
	var dry bool
	var ages map[string]string
	c := &cobra.Command{
		Use:   "notify",
		Short: "Tell the operator which sources and jobs have changed state since the last message",
		Long: `Tell the operator which sources have changed state since the last message, and which jobs (ingest, publish,
upload, verify) failed, were killed or have not succeeded for too long. Each channel gets one message. The environment names the channels: ` + notify.WebhookVariable + ` (https://…), ` + notify.MailVariable + `
(smtp://USER:PASSWORD@HOST:PORT?from=…&to=…), ` + notify.CommandVariable + ` (path of a program that reads JSON).`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			channels, err := envChannels()
			if err != nil {
				return err
			}
			if len(channels) == 0 {
				return fmt.Errorf("%w: no channel: set %s, %s or %s", registry.ErrUsage, notify.WebhookVariable, notify.MailVariable, notify.CommandVariable)
			}
			cfg := app.WatchOptions()
			if cfg.MaxAge, err = maxAges(ages); err != nil {
				return err
			}
			sent, err := watch.Notify(c.Context(), cfg, channels, dry)
			for _, m := range sent {
				app.Printf("%s\n\n%s", m.Subject, m.Text)
			}
			if sent == nil {
				sent = []notify.Message{}
				if err == nil {
					app.Printf("nothing to tell\n")
				}
			}
			return errors.Join(app.Encode(sent), err)
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "print what would be sent, and send nothing")
	c.Flags().StringToStringVar(&ages, "max-age", nil, maxAgeUsage)
	return c
}

// envChannels returns the channels that the environment names.
func envChannels() ([]notify.Channel, error) {
	channels, err := notify.FromEnv(os.Getenv)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", registry.ErrUsage, err)
	}
	return channels, nil
}

// notifyEvery is how often ingest schedule looks for something to tell.
const notifyEvery = 10 * time.Minute

func notifyJob(cfg watch.Options, channels []notify.Channel) schedule.Job {
	return schedule.Job{Name: "notify", Schedule: cron.Every(notifyEvery), Do: func(ctx context.Context) (bool, error) {
		return true, datadir.WhenFree(ctx, func() error {
			_, err := watch.Notify(ctx, cfg, channels, false)
			return err
		})
	}}
}
