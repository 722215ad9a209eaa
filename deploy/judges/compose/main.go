// Command compose reads a Compose file as Compose itself does and prints what it means as JSON; what Compose would refuse it refuses with
// Compose's own words.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: compose FILE ENV_FILE")
		os.Exit(2)
	}
	if err := show(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func show(file, environment string) error {
	options, err := cli.NewProjectOptions(
		[]string{file},
		cli.WithEnvFiles(environment),
		cli.WithDotEnv,
		cli.WithInterpolation(true),
	)
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	meaning, err := project.MarshalJSON()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(meaning)
	return err
}
