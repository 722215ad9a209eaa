//go:build tools

// Package tools pins the server that tests run against.
package tools

import _ "github.com/minio/minio"
