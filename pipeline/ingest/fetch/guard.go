package fetch

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"crossings/pipeline/archive"
)

// maxRedirects is how many redirects are followed for one request.
const maxRedirects = 5

// allow returns ErrHost unless u may be asked: https, on one of hosts, without user info.
func (c *Client) allow(u *url.URL, hosts []string) error {
	relaxed := c.AllowPrivate || c.Rewrite != nil
	switch {
	case u.Scheme != "https" && (u.Scheme != "http" || !relaxed):
		return fmt.Errorf("%w: %q is not https", ErrHost, archive.Short(u.Redacted()))
	case u.User != nil:
		return fmt.Errorf("%w: %q holds a user name", ErrHost, archive.Short(u.Redacted()))
	}
	standard := u.Port() == "" || u.Port() == "443"
	for _, h := range hosts {
		// Compare exactly: ignoring case would also accept letters that only look alike.
		if h == u.Host || h == u.Hostname() && (standard || relaxed) {
			return nil
		}
	}
	return fmt.Errorf("%w: %q is not on the source's list of hosts", ErrHost, archive.Short(u.Host))
}

// client returns the HTTP client for one request and a function that releases its connections.
func (c *Client) client(hosts []string) (*http.Client, func()) {
	var hc http.Client
	if c.HTTP != nil {
		hc = *c.HTTP
	}
	done := func() {}
	if hc.Transport == nil {
		t := c.transport()
		hc.Transport, done = t, t.CloseIdleConnections
	}
	hc.Transport = rewriter{hc.Transport, c.Rewrite}
	hc.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return fmt.Errorf("%w: more than %d redirects", ErrStatus, maxRedirects)
		}
		if err := c.allow(req.URL, hosts); err != nil {
			return fmt.Errorf("%w: redirected: %w", ErrMoved, err)
		}
		return nil
	}
	return &hc, done
}

// transport returns a transport that does not dial private addresses unless c.AllowPrivate is set.
//
// It uses the proxy of the environment, because newsroom servers are behind one. The address that
// is dialled and checked is then the proxy's own; a proxy in a private network needs AllowPrivate.
// What the proxy dials is limited only by the list of hosts.
func (c *Client) transport() *http.Transport {
	d := &net.Dialer{Timeout: 30 * time.Second}
	if !c.AllowPrivate {
		d.Control = refusePrivate
	}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           d.DialContext,
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   30 * time.Second,
		ResponseHeaderTimeout: 30 * time.Second,
		// The default of net/http, 10 MiB, is far more than any server needs.
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// refusePrivate is the Control of a net.Dialer. It sees the address after the name was resolved,
// just before it is dialled, so no name can get around it.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrHost, err)
	}
	if !isPublic(ap.Addr()) {
		return fmt.Errorf("%w: %s is not a public address", ErrHost, ap.Addr())
	}
	return nil
}

// nonPublic are the address blocks (RFC 6890) outside the public internet for which netip has no
// method.
var nonPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),          // IPv4-compatible
	netip.MustParsePrefix("64:ff9b:1::/48"), // local NAT64
	netip.MustParsePrefix("2001::/32"),      // Teredo, holds an IPv4 address
	netip.MustParsePrefix("2002::/16"),      // 6to4, holds an IPv4 address
	netip.MustParsePrefix("fec0::/10"),      // site-local
}

// nat64 addresses hold a public IPv4 address in their last four bytes. Some networks have no other
// way to reach one.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// isPublic reports whether ip is an address of the public internet.
func isPublic(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	if nat64.Contains(ip) {
		b := ip.As16()
		ip = netip.AddrFrom4([4]byte(b[12:]))
	}
	// IsGlobalUnicast is false for loopback, link-local, multicast, unspecified and broadcast
	// addresses.
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, p := range nonPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// rewriter sends requests to another address than they name, unless rewrite is nil. The response
// names the original request.
type rewriter struct {
	base    http.RoundTripper
	rewrite func(*url.URL)
}

// RoundTrip implements http.RoundTripper.
func (r rewriter) RoundTrip(req *http.Request) (*http.Response, error) {
	out := req
	if r.rewrite != nil {
		out = req.Clone(req.Context())
		r.rewrite(out.URL)
		out.Host = "" // use the mirror's own name
	}
	resp, err := r.base.RoundTrip(out)
	if resp != nil {
		resp.Request = req
	}
	return resp, err
}
