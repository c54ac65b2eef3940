package upload

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"crossings/pipeline/publish/edition"
	"crossings/pipeline/publish/web"
)

// bucket is a target on an S3 server.
type bucket struct {
	client *minio.Client
	name   string
	prefix string // "" or ending with a slash
}

// sumKey is the metadata key under which an object has the SHA-256 of its bytes.
const sumKey = "Sha256"

func openBucket(name, prefix string, o Options) (Target, error) {
	endpoint := o.Endpoint
	if endpoint == "" {
		endpoint = "https://s3.amazonaws.com"
	}
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("%w: endpoint %q is not https://HOST", ErrAddress, shown(endpoint))
	}
	env := credentials.NewEnvAWS()
	if v, err := env.GetWithContext(nil); err != nil || v.AccessKeyID == "" || v.SecretAccessKey == "" {
		return nil, fmt.Errorf("%w: an S3 target needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment", ErrAddress)
	}
	region := o.Region
	if region == "" {
		region = "us-east-1"
	}
	client, err := minio.New(u.Host, &minio.Options{Creds: env, Secure: u.Scheme == "https", Region: region, MaxRetries: 5})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	if prefix != "" {
		prefix += "/"
	}
	return &bucket{client, name, prefix}, nil
}

// List returns the size of each object in bytes, by its name below the prefix.
func (t *bucket) List(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	for o := range t.client.ListObjectsIter(ctx, t.name, minio.ListObjectsOptions{Prefix: t.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, t.explain(o.Err)
		}
		out[strings.TrimPrefix(o.Key, t.prefix)] = o.Size
	}
	return out, ctx.Err()
}

// Get returns the content of a file in the bucket of at most limit bytes; see Target.
func (t *bucket) Get(ctx context.Context, name string, limit int64) ([]byte, error) {
	o, err := t.client.GetObject(ctx, t.name, t.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, t.explain(err)
	}
	defer o.Close()
	data, err := readBounded(o, name, limit)
	return data, t.explain(err)
}

// Sum returns the SHA-256 of a file in the bucket in lower-case hex.
func (t *bucket) Sum(ctx context.Context, name string) (string, error) {
	info, err := t.client.StatObject(ctx, t.name, t.prefix+name, minio.StatObjectOptions{})
	if err != nil {
		return "", t.explain(err)
	}
	if sum := info.UserMetadata[sumKey]; sum != "" {
		return sum, nil
	}
	o, err := t.client.GetObject(ctx, t.name, t.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return "", t.explain(err)
	}
	defer o.Close()
	sum, err := sumOf(o)
	return sum, t.explain(err)
}

// Put copies a file into the bucket, whole or not at all.
func (t *bucket) Put(ctx context.Context, dir string, f edition.File) error {
	_, err := t.client.FPutObject(ctx, t.name, t.prefix+f.Name, filepath.Join(dir, filepath.FromSlash(f.Name)), minio.PutObjectOptions{
		ContentType: web.ContentType(f.Name), CacheControl: web.CacheControl(f.Name), UserMetadata: map[string]string{sumKey: f.SHA256}, SendContentMd5: true,
	})
	return t.explain(err)
}

// Remove removes a file from the bucket; a missing one is no error.
func (t *bucket) Remove(ctx context.Context, name string) error {
	return t.explain(t.client.RemoveObject(ctx, t.name, t.prefix+name, minio.RemoveObjectOptions{}))
}

// explain adds to an error of the server what to do about it.
func (t *bucket) explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	switch r := minio.ToErrorResponse(err); {
	case r.Code == minio.NoSuchKey:
		return fmt.Errorf("%w: %s", fs.ErrNotExist, r.Key)
	case r.Code == minio.NoSuchBucket:
		return fmt.Errorf("there is no bucket %q; create it first: %w", t.name, err)
	case r.StatusCode == http.StatusForbidden:
		return fmt.Errorf("the server refuses these credentials for bucket %q; it must allow listing, reading, writing and removing: %w", t.name, err)
	}
	return err
}
